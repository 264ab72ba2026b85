import { oneOf } from '../arguments.ts';

export const ROLES = ['system', 'user', 'assistant', 'tool'] as const;
export type Role = (typeof ROLES)[number];

export interface Message {
  role: Role;
  /** Plain text; an empty string is allowed. */
  content: string;
}

/**
 * Checks a conversation.
 *
 * @throws TypeError if `messages` is not a list of `{ role, content }` with text contents, or if a
 * message brings structured tool calls; RangeError if the list is empty or a role is unknown.
 */
export function checkMessages(messages: readonly Message[]): void {
  if (!Array.isArray(messages)) {
    throw new TypeError(`messages must be a list, got ${String(messages)}`);
  }
  if (messages.length === 0) {
    throw new RangeError('messages must hold at least one message, got 0');
  }
  messages.forEach((message, index) => {
    const name = `messages[${index}]`;
    if (message === null || typeof message !== 'object') {
      throw new TypeError(`${name} must be { role, content }, got ${String(message)}`);
    }
    oneOf(`${name}.role`, message.role, ROLES);
    if (typeof message.content !== 'string') {
      throw new TypeError(`${name}.content must be a string, got ${String(message.content)}`);
    }
    if ('tool_calls' in message) {
      throw new TypeError(
        `${name}.tool_calls is not supported: only { role, content } with text contents is allowed`,
      );
    }
  });
}
