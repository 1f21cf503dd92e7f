import type { CalendarDate } from '../../../shared/calendar-date.ts';
import type { AskedOrder } from './dialogs.ts';
import { type CameSegment, readSegments } from './wire.ts';

/** Ends the work on a message with these return codes, and the dialog with it where one says so. */
export class Refused extends Error {
  readonly codes: readonly (readonly [number, string])[];

  constructor(...codes: readonly (readonly [number, string])[]) {
    super('refused');
    this.codes = codes;
  }
}

/** A message as it came, its parts named. */
export interface Came {
  readonly segments: readonly CameSegment[];
  readonly dialogId: string;
  readonly number: number;
  readonly user: string;
  readonly pin: string;
  readonly tan: string | undefined;
  /** Of the TAN method. */
  readonly method: number;
  readonly gone: AbortSignal;
  find(id: string): CameSegment | undefined;
  numberOf(id: string): number | undefined;
}

export function readCame(text: string, gone: AbortSignal): Came {
  const outer = readSegments(text);
  const [head, , data] = outer;
  if (head?.id !== 'HNHBK' || Number(head.elements[0]?.[0]) !== text.length) {
    throw new Refused([9110, 'Aufbau']);
  }
  const segments = readSegments(data?.elements[0]?.[0] ?? '');
  const numbers = segments.map(({ number }) => number);
  const isCounted = numbers.every((number, index) => number === index + 2);
  const find = (id: string) => segments.find((segment) => segment.id === id);
  const [signature, end] = [find('HNSHK'), find('HNSHA')];
  if (data?.id !== 'HNVSD' || !signature || !end || !isCounted) throw new Refused([9110, 'Aufbau']);
  const [pin = '', tan] = end.elements[2] ?? [];
  return {
    segments,
    dialogId: head.elements[2]?.[0] ?? '',
    number: Number(head.elements[3]?.[0]),
    user: signature.elements[10]?.[2] ?? '',
    pin,
    tan,
    method: Number(signature.elements[1]?.[0]),
    gone,
    find,
    numberOf: (id) => find(id)?.number,
  };
}

export function orderOf(came: Came): AskedOrder | undefined {
  const ofCard = came.find('DKKKU');
  if (ofCard) return cardOrderOf(ofCard);
  for (const segId of ['HKSAL', 'HKKAZ', 'HKCAZ'] as const) {
    const segment = came.find(segId);
    if (!segment) continue;
    const [account, second, third, fourth, fifth, sixth, seventh] = segment.elements;
    const isCamt = segId === 'HKCAZ';
    if (isCamt && !second?.[0]?.includes('camt.052')) throw new Refused([9110, 'Format']);
    const [from, to, , mark] = isCamt
      ? [fourth, fifth, sixth, seventh]
      : [third, fourth, fifth, sixth];
    const number = account?.[2] || account?.[0] || '';
    const isBalance = segId === 'HKSAL';
    return {
      segId,
      account: number,
      about: segment.number,
      ...(!isBalance && { from: dayFrom(from), to: dayFrom(to), mark: mark?.[0] || undefined }),
    };
  }
  return undefined;
}

/** Account, its number and part again, days, most entries (which this bank does not let one choose), page. */
function cardOrderOf({ version, number, elements }: CameSegment): AskedOrder {
  const [account = [], card, part, from, to, most, mark, ...more] = elements;
  const isSame = account[0] === card?.[0] && account[1] === part?.[0] && account[2] === '280';
  if (version !== 2 || !isSame || most?.[0] || more.length > 0) throw new Refused([9110, 'Aufbau']);
  return {
    segId: 'DKKKU',
    account: card?.[0] ?? '',
    about: number,
    from: dayFrom(from),
    to: dayFrom(to),
    mark: mark?.[0]?.split('+')[1],
  };
}

function dayFrom(group: readonly string[] | undefined): CalendarDate | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(group?.[0] ?? '') ?? [];
  return year && `${year}-${month}-${day}`;
}
