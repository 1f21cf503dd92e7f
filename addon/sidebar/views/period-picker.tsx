import type { AccountView } from '../../../shared/api.ts';
import { addDays, type CalendarDate } from '../../../shared/calendar-date.ts';
import { type LinkForm, type Period, startDay } from '../link-form.ts';
import type { Wording } from '../wording.ts';
import { Option } from './option.tsx';

interface PeriodPickerProps {
  readonly form: LinkForm;
  readonly account: AccountView;
  /** The institution's name. */
  readonly bank: string;
  readonly today: CalendarDate;
  readonly words: Wording;
  readonly onChange: (change: Partial<LinkForm>) => void;
}

/** The historical period, with what it means at this bank. */
export function PeriodPicker(props: PeriodPickerProps) {
  const { form, account, today, words, onChange } = props;
  return (
    <fieldset>
      <legend>Rows from</legend>
      {(['month', 'year', 'all', 'date'] as const).map((period) => {
        const from =
          period === 'date' ? null : startDay({ ...form, period }, today, account.historyDays);
        return (
          <Option
            key={period}
            name="period"
            text={periodWords[period]}
            note={from ? words.day(from) : undefined}
            isChosen={form.period === period}
            onChoose={() => onChange({ period })}
          />
        );
      })}
      {form.period === 'date' && (
        <input
          type="date"
          aria-label="Rows from this day on"
          value={form.date}
          onInput={(event) => onChange({ date: event.currentTarget.value })}
        />
      )}
      <p class="hint">{reach(props)}</p>
    </fieldset>
  );
}

const periodWords: Readonly<Record<Period, string>> = {
  month: 'The first of this month',
  year: 'This year',
  all: 'As far as the bank gives',
  date: 'A date',
};

function reach({ form, account, bank, today, words }: PeriodPickerProps): string {
  const { historyDays } = account;
  const from = startDay(form, today, historyDays);
  const earliest = addDays(today, -historyDays);
  if (from && from < earliest) {
    return `${bank} gives ${historyDays} days: rows start on ${words.day(earliest)}.`;
  }
  return `${bank} gives ${historyDays} days, back to ${words.day(earliest)}.`;
}
