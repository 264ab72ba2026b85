import { BrokenAddress } from '../kit/BrokenAddress.tsx';
import type { LabProps } from '../kit/lab.ts';
import { useAddress } from '../kit/useAddress.ts';
import { Conversation } from './Conversation.tsx';
import { OwnFile } from './inspect/OwnFile.tsx';
import { settleInspect } from './inspect/state.ts';
import { parseState, printState } from './state.ts';

export default function Lab({ locale, ...address }: LabProps) {
  const { state, problems, set } = useAddress(address, {
    parse: parseState,
    print: printState,
    settle: settleInspect,
  });
  return (
    <>
      <BrokenAddress locale={locale} problems={problems} />
      <Conversation locale={locale} state={state} set={set} />
      <OwnFile locale={locale} state={state} set={set} />
    </>
  );
}
