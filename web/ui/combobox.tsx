import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { plainText } from '../platform/plain-text.ts'
import { whenReleased } from '../platform/pointer.ts'
import { useRested } from '../platform/rested.ts'
import { useFormField } from './form-fields.ts'
import { choiceEvent } from './kept/form-values.ts'
import './combobox.css'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string | undefined
}

export interface ComboboxProps {
  name: string
  label: string
  hint?: ReactNode
  required?: boolean
  error?: string
  value: Choice | null
  onChange: (choice: Choice | null) => void
  /** What is proposed for these words; with none, what is most likely wanted. */
  find: (words: string, signal: AbortSignal) => Promise<readonly Choice[]>
  /** Names what is searched, so that answers are kept. */
  findKey: readonly unknown[]
  /** Each choice goes elsewhere (a list under the field) and the field empties for the next one. */
  several?: boolean
  placeholder?: string
}

/** Choices for the typed words, once they rest. */
const useChoices = (wanted: string, open: boolean, find: ComboboxProps['find'], findKey: ComboboxProps['findKey']) => {
  const words = useRested(wanted, 200)
  const {
    data: found = [],
    isFetched,
    isError,
    isPlaceholderData,
  } = useQuery({
    queryKey: ['choices', ...findKey, words],
    queryFn: ({ signal }) => find(words, signal),
    enabled: open,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  // While the last letters await their answer, earlier options stay only where they still match: Enter takes no other.
  const choices =
    isPlaceholderData || words !== wanted
      ? found.filter(choice => plainText(`${choice.label} ${choice.hint ?? ''}`).includes(plainText(wanted)))
      : found
  return { choices, words, answered: isFetched && !isPlaceholderData && words === wanted, failed: isError }
}

/** A draft takes a choice back. */
const useTakenBack = (field: RefObject<HTMLInputElement | null>, onChange: ComboboxProps['onChange']) => {
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => {
    const input = field.current
    const takeBack = (event: Event) => latest.current((event as CustomEvent<Choice | null>).detail)
    input?.addEventListener(choiceEvent, takeBack)
    return () => input?.removeEventListener(choiceEvent, takeBack)
  }, [field])
}

/**
 * A field with proposals (ARIA combobox): arrows walk, Enter chooses, Escape closes. What is sent under `name` is the
 * value of the choice.
 */
export const Combobox = ({
  name,
  label,
  hint,
  required = false,
  error,
  value,
  onChange,
  find,
  findKey,
  several = false,
  placeholder,
}: ComboboxProps) => {
  const id = useId()
  const invalid = useFormField(name, { id, label, required, check: undefined })
  const [text, setText] = useState(value?.label ?? '')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [left, setLeft] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const shownValue = value?.label ?? ''
  useEffect(() => {
    // Typing over a choice takes it away: the words being typed stay.
    if (shownValue || document.activeElement !== input.current) setText(shownValue)
  }, [shownValue])

  useTakenBack(input, onChange)
  // A choice that the field shows is no search.
  const wanted = value && text === value.label ? '' : text.trim()
  const { choices, words, answered, failed } = useChoices(wanted, open, find, findKey)
  const listed = open && choices.length > 0
  useEffect(() => {
    if (listed) list.current?.scrollIntoView({ block: 'nearest' })
  }, [listed])
  const astray = left && !several && !value && !!text.trim()
  const message = error ?? invalid ?? (astray ? 'Choisissez une des propositions de la liste.' : undefined)

  const choose = (choice: Choice) => {
    onChange(choice)
    setText(several ? '' : choice.label)
    setOpen(false)
    setActive(-1)
  }
  const walk = (to: number) => {
    setActive(to)
    requestAnimationFrame(() => list.current?.children[to]?.scrollIntoView({ block: 'nearest' }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) return setOpen(true)
      if (choices.length) walk(nextOf(active, event.key, choices.length))
    } else if (event.key === 'Enter' && listed && !event.ctrlKey) {
      event.preventDefault()
      const choice = choices[active] ?? (choices.length === 1 ? choices[0] : undefined)
      if (choice) choose(choice)
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
      setActive(-1)
    }
  }
  return (
    <div className={`fr-input-group cc-combo${message ? ' fr-input-group--error' : ''}`}>
      <label className="fr-label" htmlFor={id}>
        {label}
        {!required && <span className="cc-optional"> (facultatif)</span>}
        {hint && <span className="fr-hint-text">{hint}</span>}
      </label>
      <input type="hidden" name={name} value={value?.value ?? ''} />
      <div className="cc-combo__field">
        <input
          ref={input}
          id={id}
          className={`fr-input${message ? ' fr-input--error' : ''}`}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={listed}
          aria-controls={listed ? `${id}-liste` : undefined}
          aria-activedescendant={listed && active >= 0 ? `${id}-${active}` : undefined}
          aria-required={required}
          aria-invalid={!!message}
          aria-describedby={message ? `${id}-erreur` : undefined}
          autoComplete="off"
          spellCheck={false}
          {...(several ? {} : { 'data-draft': name, 'data-choice': value ? JSON.stringify(value) : '' })}
          placeholder={placeholder}
          value={text}
          onFocus={() => setLeft(false)}
          onClick={() => setOpen(true)}
          onChange={event => {
            setText(event.target.value)
            setOpen(true)
            setActive(-1)
            if (value) onChange(null)
          }}
          onBlur={() => {
            setOpen(false)
            setActive(-1)
            whenReleased(() => setLeft(document.activeElement !== input.current))
          }}
          onKeyDown={onKeyDown}
        />
        {listed && <Proposals id={id} label={label} choices={choices} active={active} list={list} onChoose={choose} />}
        {open && answered && !choices.length && !failed && (
          <p className="cc-combo__none">Rien ne correspond{words && <> à « {words} »</>}.</p>
        )}
        {open && failed && <p className="cc-combo__none">La recherche n’a pas abouti. Réessayez dans un instant.</p>}
      </div>
      <Said count={choices.length} listed={listed} none={open && answered && !choices.length} />
      {message && (
        <p id={`${id}-erreur`} className="fr-error-text">
          {message}
        </p>
      )}
    </div>
  )
}

/** Where an arrow leads, round and round. */
const nextOf = (active: number, key: string, count: number) =>
  (active + (key === 'ArrowDown' ? 1 : -1) + count + (active < 0 && key === 'ArrowUp' ? 1 : 0)) % count

const Said = ({ count, listed, none }: { count: number; listed: boolean; none: boolean }) => (
  <p className="fr-sr-only" role="status">
    {listed ? `${count} proposition${count > 1 ? 's' : ''}, flèches pour choisir.` : none ? 'Aucune proposition.' : ''}
  </p>
)

const Proposals = ({
  id,
  label,
  choices,
  active,
  list,
  onChoose,
}: {
  id: string
  label: string
  choices: readonly Choice[]
  active: number
  list: RefObject<HTMLDivElement | null>
  onChoose: (choice: Choice) => void
}) => (
  <div className="cc-combo__list" role="listbox" id={`${id}-liste`} aria-label={label} ref={list}>
    {choices.map((choice, at) => (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
      <div
        key={choice.value}
        id={`${id}-${at}`}
        role="option"
        tabIndex={-1}
        className="cc-combo__choice"
        aria-selected={at === active}
        onPointerDown={event => event.preventDefault()}
        onClick={() => onChoose(choice)}
      >
        {choice.label}
        {choice.hint && <span className="fr-hint-text">{choice.hint}</span>}
      </div>
    ))}
  </div>
)

/** Choices of a field that takes several, each with its way out. */
export const Chosen = ({
  label,
  items,
  onRemove,
}: {
  label: string
  items: readonly Choice[]
  onRemove: (value: string) => void
}) => {
  const list = useRef<HTMLUListElement>(null)
  if (!items.length) return null
  return (
    <ul className="cc-chosen" aria-label={label} ref={list}>
      {items.map(({ value, label: name }, at) => (
        <li key={value}>
          <button
            type="button"
            className="fr-tag fr-tag--sm fr-tag--dismiss"
            onClick={() => {
              onRemove(value)
              // The one pressed goes away: the focus goes to its neighbour.
              requestAnimationFrame(() =>
                list.current?.querySelectorAll('button')[Math.min(at, items.length - 2)]?.focus(),
              )
            }}
          >
            <span className="fr-sr-only">Retirer </span>
            {name}
          </button>
        </li>
      ))}
    </ul>
  )
}
