import { BrokenAddress } from '../kit/BrokenAddress.tsx';
import type { LabProps } from '../kit/lab.ts';
import { useAddress } from '../kit/useAddress.ts';
import { Conversation } from './Conversation.tsx';
import { parseState, printState } from './state.ts';

export default function Lab({ locale, ...address }: LabProps) {
  const { state, problems, set } = useAddress(address, {
    parse: parseState,
    print: printState,
    settle: (next) => next,
  });
  return (
    <>
      <BrokenAddress locale={locale} problems={problems} />
      <Conversation locale={locale} state={state} set={set} />
    </>
  );
}
