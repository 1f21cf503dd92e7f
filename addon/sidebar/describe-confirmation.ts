import type { ConnectionView } from '../../shared/api.ts';
import type { FormContext, FormView } from './describe-form.ts';
import type { Asked } from './state.ts';

/** What a bank asks of its user, in its words, with the time left. */
export function describeConfirmation(
  { state, words, value }: FormContext,
  { id, confirmation: waiting }: ConnectionView,
): FormView {
  const title = 'Your bank asks';
  const now = state.overview?.now ?? '';
  if (!waiting || waiting.expiresAt <= now) {
    const text = 'The bank no longer waits for this. Start again: it then asks anew.';
    return { title, texts: [text], asked: null };
  }
  const { confirmation, expiresAt } = waiting;
  const left = words.left(now, expiresAt);
  if (confirmation.kind === 'redirect') {
    return {
      title,
      texts: ['You go on at the bank’s own page.', left],
      doIt: 'Open the connect page',
      asked: { call: 'startConnect', args: { connectionId: id } },
    };
  }
  const { kind, prompt } = confirmation;
  const texts = [prompt, left];
  if (kind === 'approval')
    return { title, texts, waiting: 'Waiting for your approval…', asked: null };
  const asked = (answer: AskedAnswer['args']['answer']): Asked | null =>
    value ? { call: 'answerConfirmation', args: { connectionId: id, answer } } : null;
  if (kind === 'method') {
    const options = confirmation.methods.map((method) => ({ value: method.id, text: method.name }));
    return { title, texts, options, doIt: 'Go on', asked: asked({ kind, id: value }) };
  }
  const { length: max, format, picture } = confirmation;
  const isDigits = format === 'digits';
  return {
    title,
    texts,
    picture,
    input: {
      label: `${isDigits ? 'Code' : 'Answer'}${max ? `, ${max} ${isDigits ? 'digits' : 'letters'}` : ''}`,
      isDigits,
      max,
    },
    doIt: 'Send',
    asked: asked({ kind, text: value }),
  };
}

type AskedAnswer = Extract<Asked, { readonly call: 'answerConfirmation' }>;
