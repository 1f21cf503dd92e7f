import { addMs } from '../../../shared/calendar-date.ts';
import type { ConfirmationAnswer } from '../../../shared/confirmation.ts';
import { type AccessStep, BankError } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { unpackParts, withAnswer } from './answered.ts';
import { pacesOf, toAskedStep, toSameStep } from './confirm.ts';
import type { Dialog, DialogOf } from './dialog.ts';
import { type FinTsGrant, type Login, writeGrant } from './grant.ts';
import type { AskedTan, Order } from './schema.ts';
import { FinTsRefusal, isCodeRejected, isDialogOver, toBankError } from './to-bank-error.ts';

/** TanMediaRequirement of the package. */
const mediumRequired = 2;
const methodPrompt = 'How do you want to confirm?';
const mediumPrompt = 'On which device do you want to confirm?';
const codeRejected = 'The bank did not accept that code. It asks for a new one:';

/** What a user goes through until there is access, and until a call that needed a TAN is answered. */
export function createAccess({ clock, dialogOf }: { clock: Clock; dialogOf: DialogOf }) {
  /** The bank's parameters, then the methods by which it lets the user confirm. */
  async function start(institutionId: string, login: Login): Promise<AccessStep> {
    const dialog = await dialogOf({ institutionId, login });
    const told = await dialog.begin();
    if (told.kind === 'tan') throw new BankError('reply-unreadable', 'a TAN before a method');
    await dialog.end();
    const { upd: _, ...known } = dialog.known();
    const grant: FinTsGrant = { institutionId, login, known };
    const methods = dialog.tanMethods();
    const [only] = methods;
    if (methods.length <= 1) return choose(grant, only?.id);
    const named = methods.map(({ id, name }) => ({ id: String(id), name }));
    return askFor({ ...grant, asked: { stage: 'method' } }, named, methodPrompt);
  }

  async function choose(grant: FinTsGrant, methodId: number | undefined): Promise<AccessStep> {
    const login = { ...grant.login, ...(methodId !== undefined && { methodId }) };
    const chosen = { ...grant, asked: undefined, login };
    const dialog = await dialogOf(chosen);
    if (dialog.method()?.tanMediaRequirement !== mediumRequired) return enter(chosen);
    const media = await readMedia(dialog);
    const [only] = media;
    if (media.length <= 1) return enterWith(chosen, only);
    const named = media.map((name, index) => ({ id: String(index), name }));
    return askFor(
      { ...chosen, asked: { stage: 'medium', media: [...media] } },
      named,
      mediumPrompt,
    );
  }

  function enterWith(grant: FinTsGrant, medium: string | undefined): Promise<AccessStep> {
    const login = { ...grant.login, ...(medium !== undefined && { medium }) };
    return enter({ ...grant, asked: undefined, login });
  }

  /** Logs in with the method, and asks what is to be asked; banks want a TAN each time, or every 180 days. */
  async function enter(
    grant: FinTsGrant,
    more: { readonly order?: Order | undefined; readonly said?: string } = {},
  ): Promise<AccessStep> {
    const { order, said } = more;
    const dialog = await dialogOf(grant);
    const told = await dialog.begin();
    if (told.kind === 'tan') {
      return { kind: 'asked', ...toAskedStep(grant, dialog, told, clock.now(), { said }) };
    }
    if (order) return toAnswered(grant, order, dialog, await dialog.run(order), said);
    await dialog.readIbans();
    await dialog.end();
    return granted({ ...grant, known: dialog.known() });
  }

  function toAnswered(
    grant: FinTsGrant,
    order: Order,
    dialog: Dialog,
    ran: Awaited<ReturnType<Dialog['run']>>,
    said?: string,
  ): AccessStep {
    const { parts } = ran;
    if (ran.kind === 'tan') {
      const more = { order, parts, said };
      return { kind: 'asked', ...toAskedStep(grant, dialog, ran, clock.now(), more) };
    }
    const answered = withAnswer(grant, order, parts, clock.now());
    return granted({ ...answered, dialog: dialog.state() });
  }

  /** The user has answered: the bank lets in, or answers what it was asked. */
  async function confirm(
    grant: FinTsGrant,
    asked: AskedTan,
    answer: ConfirmationAnswer,
  ): Promise<AccessStep> {
    const now = clock.now();
    const dialog = await dialogOf(grant, asked.dialog);
    const { isDecoupled, reference, order, before } = asked;
    const same = (more: Partial<AskedTan> = {}): AccessStep => ({
      kind: 'asked',
      ...toSameStep(grant, { ...asked, ...more }, dialog),
    });
    const tan = answer.kind === 'code' ? answer.text.trim() : undefined;
    if (isDecoupled ? answer.kind !== 'poll' : !tan) return same();
    const { next, most } = pacesOf(dialog);
    if (now >= asked.until || asked.polls >= most) {
      throw new BankError('confirmation-expired', 'too late, or asked too often');
    }
    if (isDecoupled && now < asked.pollAt) return same();
    const told = await dialog.confirm(reference, { isDecoupled, ...(tan && { tan }) });
    if (told.kind === 'tan') {
      const pollAt = addMs(now, next * 1_000);
      return same({ dialog: dialog.state(), polls: asked.polls + 1, pollAt });
    }
    const { asked: _, ...rest } = grant;
    if (order) {
      const parts = before === undefined ? [] : unpackParts(before);
      return toAnswered(rest, order, dialog, await dialog.runOn(order, told.reply, parts));
    }
    dialog.learn(told.reply);
    await dialog.readIbans();
    return granted({ ...rest, known: dialog.known(), dialog: dialog.state() });
  }

  async function confirmOrAskAnew(
    grant: FinTsGrant,
    asked: AskedTan,
    answer: ConfirmationAnswer,
  ): Promise<AccessStep> {
    try {
      return await confirm(grant, asked, answer);
    } catch (error) {
      if (isDialogOver(error)) throw new BankError('confirmation-expired', 'the dialog is over');
      if (!isCodeRejected(error)) throw error;
      // The bank has dropped what the TAN was for, and often the dialog with it.
      const { asked: _, dialog: __, ...rest } = grant;
      return enter(rest, { order: asked.order, said: codeRejected });
    }
  }

  return {
    start,

    /** @throws FinTsRefusal, ProviderRefusal, BankError */
    async answer(grant: FinTsGrant, given: ConfirmationAnswer): Promise<AccessStep> {
      const { asked } = grant;
      if (!asked) throw new BankError('confirmation-expired', 'nothing waits for an answer');
      if (asked.stage === 'tan') return confirmOrAskAnew(grant, asked, given);
      const id = given.kind === 'method' ? given.id : '';
      if (asked.stage === 'medium' && /^\d{1,2}$/.test(id)) {
        const medium = asked.media[Number(id)];
        if (medium !== undefined) return enterWith(grant, medium);
      }
      if (asked.stage === 'method' && /^\d{1,3}$/.test(id)) return choose(grant, Number(id));
      throw new BankError('confirmation-expired', 'an answer to another question');
    },
  };
}

function askFor(
  grant: FinTsGrant,
  methods: readonly { readonly id: string; readonly name: string }[],
  prompt: string,
): AccessStep {
  return {
    kind: 'asked',
    grant: writeGrant(grant),
    confirmation: { kind: 'method', prompt, methods },
  };
}

function granted(grant: FinTsGrant): AccessStep {
  return { kind: 'granted', grant: writeGrant(grant) };
}

const ofMedia: ReadonlySet<string> = new Set(['bank-unavailable', 'needs-confirmation']);

/** Names of devices. A bank that refuses to tell them may do without: Postbank does so before a TAN (python-fints 101). */
async function readMedia(dialog: Dialog): Promise<readonly string[]> {
  try {
    const told = await dialog.begin('HKTAB');
    if (told.kind === 'tan') return [];
    const media = await dialog.media();
    await dialog.end();
    return media;
  } catch (error) {
    const failure = toBankError(error);
    const isOfMedia = failure instanceof BankError && ofMedia.has(failure.code);
    if (error instanceof FinTsRefusal && isOfMedia) return [];
    throw error;
  }
}
