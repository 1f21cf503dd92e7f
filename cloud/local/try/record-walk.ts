import type { Terminal, WayBack } from './walk-connector.ts';

/** A call and its answer as they came: never written anywhere. */
export interface HeardCall {
  readonly step: string;
  readonly method: string;
  readonly origin: string;
  /** 0 where no answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** All that a walk has heard after the choice of its bank, as it came. */
export interface Heard {
  readonly calls: readonly HeardCall[];
  readonly typed: readonly string[];
  /** What the browser brought back. */
  readonly returned: readonly Readonly<Record<string, string>>[];
}

/** Headers of answers that connectors read. */
const told = /^(content-type|retry-after|aspsp-sca-approach|.*ratelimit.*)$/;

/** The same world, which remembers what came. What is sent holds keys, and is not kept. */
export function createRecorder({
  terminal,
  wayBack,
}: {
  readonly terminal: Terminal;
  readonly wayBack: WayBack;
}) {
  const calls: HeardCall[] = [];
  const typed: string[] = [];
  const returned: Readonly<Record<string, string>>[] = [];
  let step = '';

  /** @param real any way to the network */
  const hear =
    (real: typeof fetch): typeof fetch =>
    async (input, init) => {
      const asked = input instanceof Request ? input : { url: input, method: 'GET' };
      const { origin } = new URL(asked.url);
      const method = init?.method ?? asked.method;
      const call = { step, method, origin };
      try {
        const response = await real(input, init);
        const text = await response.clone().text();
        const headers = Object.fromEntries(
          [...response.headers].filter(([name]) => told.test(name)),
        );
        calls.push({ ...call, status: response.status, headers, text });
        return response;
      } catch (error) {
        calls.push({ ...call, status: 0, headers: {}, text: '' });
        throw error;
      }
    };
  const isChoosing = () => step === 'institutions';
  return {
    heard: { calls, typed, returned } satisfies Heard,
    onStep: (next: string) => {
      step = next;
    },
    hear,
    terminal: {
      ...terminal,
      async ask(question, unless) {
        const answer = await terminal.ask(question, unless);
        if (!unless && !isChoosing()) typed.push(answer);
        return answer;
      },
      async askSecret(question) {
        const answer = await terminal.askSecret(question);
        typed.push(answer);
        return answer;
      },
    } satisfies Terminal,
    wayBack: {
      ...wayBack,
      async returned(given) {
        const query = await wayBack.returned(given);
        returned.push(query);
        return query;
      },
    } satisfies WayBack,
  };
}
