import type { Actions } from '../actions.ts';
import { describeForm, type FormView } from '../describe-form.ts';
import {
  type FormScreen,
  findConnection,
  formCalls,
  isCalling,
  isOfBank,
  liveConnections,
  type SidebarState,
} from '../state.ts';
import type { Wording } from '../wording.ts';
import { Button } from './button.tsx';
import { Option } from './option.tsx';
import { Proposal } from './proposal.tsx';

interface FormProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  readonly screen: FormScreen;
}

/** One question, and the call that its answer makes. */
export function Form({ state, actions, words, screen }: FormProps) {
  const { form, about, value } = screen;
  if (isOfBank(form) && about === null) return <WhichBank {...{ state, actions, form }} />;
  const view = describeForm(state, screen, words);
  const { title, texts, doIt, asked, waiting } = view;
  const isDoing = doIt !== undefined && isCalling(state, formCalls[form]);
  return (
    <Proposal
      title={title}
      about={findConnection(state, about ?? '')?.name ?? ''}
      waiting={waiting}
      doIt={isDoing ? 'One moment…' : doIt}
      isDoing={isDoing}
      isIncomplete={!asked}
      onDo={() => {
        if (asked?.call === 'startConnect') void actions.connect(asked.args);
        else if (asked) void actions.ask(asked);
      }}
      leave={doIt ? 'Cancel' : 'Back'}
      onLeave={form === 'role' ? () => actions.open({ name: 'members' }) : undefined}
      actions={actions}
    >
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <Fields view={view} value={value} onChange={actions.changeValue} />
    </Proposal>
  );
}

interface FieldsProps {
  readonly view: FormView;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Fields({ view, value, onChange }: FieldsProps) {
  const { title, options, picture, input } = view;
  return (
    <>
      {picture && (
        <img src={`data:${picture.mimeType};base64,${picture.content}`} alt={picture.alt} />
      )}
      {options && (
        <fieldset aria-label={title}>
          {options.map((option) => (
            <Option
              key={option.text}
              name="value"
              text={option.text}
              note={option.note}
              isChosen={value === option.value}
              onChoose={() => onChange(option.value)}
            />
          ))}
        </fieldset>
      )}
      {input && (
        <label>
          {input.label}
          <input
            {...(input.isDay && { type: 'date' })}
            {...(input.isDigits && { inputMode: 'numeric' })}
            autoComplete="off"
            {...(input.max && { maxLength: input.max })}
            value={value}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        </label>
      )}
    </>
  );
}

function WhichBank({
  state,
  actions,
  form,
}: Pick<FormProps, 'state' | 'actions'> & Pick<FormScreen, 'form'>) {
  return (
    <section>
      <h1 tabIndex={-1}>Which bank?</h1>
      {liveConnections(state).map(({ id, name }) => (
        <Button key={id} kind="choice" onClick={() => actions.openForm(form, id)}>
          {name}
        </Button>
      ))}
      <Button kind="wide" onClick={actions.openBanks}>
        Cancel
      </Button>
    </section>
  );
}
