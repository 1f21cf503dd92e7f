import type { TanMethod } from '../../../cloud/local/bank/bank-customer.ts';
import { type Came, Refused } from './came.ts';
import type { AskedOrder, ServedDialog, Waiting } from './dialogs.ts';
import { methodById } from './parameters.ts';
import { answer, type CameSegment, type SentSegment, type Value } from './wire.ts';

/** The user's phone. */
export interface Phone {
  readonly method: TanMethod;
  readonly code: string;
  approve(): void;
  decline(): void;
}

export interface TanDress {
  /** Names of the user's devices; absent: the bank does not want to know. */
  readonly media?: readonly string[];
  /** What the challenge of a photo TAN shows. */
  readonly hhdUc?: string;
  readonly challenge?: string;
}

/** How the bank lets its users confirm, in two steps: HKTAN process 4, then 2 with a TAN or S for an approval. */
export function createTans(dress: TanDress) {
  let made = 0;
  let newest: Waiting | undefined;

  function tanSegment(waiting: Waiting, hktan: CameSegment | undefined): SentSegment {
    const { method, order, reference } = waiting;
    const picture = method === 'photo' ? { binary: dress.hhdUc ?? '' } : undefined;
    const what = order ? 'die Abfrage' : 'die Anmeldung';
    const challenge = dress.challenge ?? `Bitte bestaetigen Sie ${what}.`;
    const process = hktan?.elements[0]?.[0] ?? '4';
    const elements: Value[] = [process, '', reference, challenge, picture];
    return { id: 'HITAN', version: hktan?.version ?? 6, about: hktan?.number, elements };
  }

  return {
    ask(came: Came, dialog: ServedDialog, order?: AskedOrder): SentSegment[] {
      const method = methodById.get(came.method);
      if (!method) throw new Refused([9050, 'Fehler'], [9380, 'Unbekanntes Verfahren']);
      const hktan = came.find('HKTAN');
      const medium = hktan?.elements[10]?.[0] ?? '';
      if (dress.media && !dress.media.includes(medium)) {
        throw new Refused([9050, 'Fehler'], [9955, 'Geraet unbekannt']);
      }
      made += 1;
      const code = String(100_000 + ((made * 7_919) % 900_000));
      const waiting: Waiting = {
        reference: `order:${made}`,
        method,
        code,
        state: 'open',
        ...(order && { order }),
      };
      dialog.waiting = waiting;
      newest = waiting;
      const needed = method === 'app' ? 3955 : 30;
      return [answer(hktan?.number, [needed, 'Freigabe noetig']), tanSegment(waiting, hktan)];
    },

    /** What was confirmed, or what is to be said as long as nothing is. */
    confirm(came: Came, dialog: ServedDialog): Waiting | SentSegment[] {
      const hktan = came.find('HKTAN');
      const { waiting } = dialog;
      if (!waiting || hktan?.elements[4]?.[0] !== waiting.reference) {
        throw new Refused([9050, 'Fehler'], [9210, 'Referenz unbekannt']);
      }
      const isApproval = waiting.method === 'app';
      if (hktan.elements[0]?.[0] !== (isApproval ? 'S' : '2')) {
        throw new Refused([9110, 'Aufbau']);
      }
      if (isApproval && waiting.state === 'open') {
        return [answer(hktan.number, [3956, 'Freigabe steht aus']), tanSegment(waiting, hktan)];
      }
      dialog.waiting = undefined;
      if (isApproval && waiting.state === 'declined') {
        throw new Refused([9050, 'Fehler'], [9800, 'Abgebrochen']);
      }
      if (!isApproval && came.tan !== waiting.code) {
        throw new Refused([9050, 'Fehler'], [9941, 'TAN falsch'], [9800, 'Abgebrochen']);
      }
      return waiting;
    },

    /** What the user's phone shows of the newest TAN. @throws RangeError where there is none */
    phone(): Phone {
      const waiting = newest;
      if (!waiting) throw new RangeError('no TAN was sent');
      const { method, code } = waiting;
      const set = (state: Waiting['state']) => () => {
        waiting.state = state;
      };
      return { method, code, approve: set('approved'), decline: set('declined') };
    },
  };
}
