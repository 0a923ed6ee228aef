import {
  type ChangeEvent,
  type HTMLInputTypeAttribute,
  type InputHTMLAttributes,
  type ReactNode,
  useId,
  useRef,
} from 'react'
import { digitOf, useShortcut } from '../platform/shortcuts.ts'
import { useFormField } from './form.tsx'

interface Common {
  /** As the API calls it: the server's errors find their field by it. */
  name: string
  label: string
  /** Stands before the field, with the format expected. */
  hint?: ReactNode
  required?: boolean
  error?: string
  /** A rule of form, not of right: answers the sentence to show. */
  check?: (value: string) => string | undefined
}
type Value = { value?: string; defaultValue?: string; onChange?: (value: string) => void }

const useField = ({ name, label, required = false, error, check }: Common) => {
  const id = useId()
  const found = useFormField(name, { id, label, required, check })
  const message = error ?? found
  return { id, message, describedBy: message ? `${id}-erreur` : undefined }
}
const Label = ({ id, label, hint, required }: Pick<Common, 'label' | 'hint' | 'required'> & { id: string }) => (
  <label className="fr-label" htmlFor={id}>
    {label}
    {!required && <span className="cc-optional"> (facultatif)</span>}
    {hint && <span className="fr-hint-text">{hint}</span>}
  </label>
)
const Message = ({ id, message }: { id: string; message: string | undefined }) =>
  message ? (
    <p id={`${id}-erreur`} className="fr-error-text">
      {message}
    </p>
  ) : null
const groupClass = (kind: 'input' | 'select', message: string | undefined) =>
  `fr-${kind}-group${message ? ` fr-${kind}-group--error` : ''}`

type TextProps = Common &
  Value & {
    type?: Extract<HTMLInputTypeAttribute, 'text' | 'email' | 'tel' | 'search' | 'number' | 'time'>
    maxLength?: number
    width?: 'short' | 'medium' | 'full'
    autoFocus?: boolean
  } & Pick<InputHTMLAttributes<HTMLInputElement>, 'autoComplete' | 'inputMode' | 'min' | 'max' | 'list' | 'spellCheck'>

export const TextField = ({
  type = 'text',
  width = 'full',
  value,
  defaultValue,
  onChange,
  maxLength,
  autoFocus,
  autoComplete = 'off',
  inputMode,
  min,
  max,
  list,
  spellCheck,
  ...common
}: TextProps) => {
  const { id, message, describedBy } = useField(common)
  return (
    <div className={groupClass('input', message)}>
      <Label id={id} {...common} />
      <input
        className={`fr-input cc-width-${width}${message ? ' fr-input--error' : ''}`}
        {...{
          id,
          type,
          value,
          defaultValue,
          maxLength,
          autoFocus,
          autoComplete,
          inputMode,
          min,
          max,
          list,
          spellCheck,
        }}
        name={common.name}
        aria-required={common.required}
        aria-invalid={!!message}
        aria-describedby={describedBy}
        onChange={event => onChange?.(event.target.value)}
      />
      <Message id={id} message={message} />
    </div>
  )
}

/**
 * 'YYYY-MM-DD'. The browser's own date field: typed or picked, in the person's own order. `quick` offers days in one
 * key.
 */
export const DateField = ({
  min,
  max,
  quick,
  hint = 'Par exemple 24/11/2026',
  value,
  defaultValue,
  onChange,
  ...common
}: Common & Value & { min?: string; max?: string; quick?: readonly { label: string; day: string }[] }) => {
  const { id, message, describedBy } = useField(common)
  const input = useRef<HTMLInputElement>(null)
  const pick = (day: string) => {
    if (value === undefined && input.current) input.current.value = day
    input.current?.dispatchEvent(new Event('input', { bubbles: true }))
    onChange?.(day)
  }
  return (
    <div className={groupClass('input', message)}>
      <Label id={id} hint={hint} {...common} />
      <div className="cc-date">
        <input
          ref={input}
          type="date"
          className={`fr-input cc-width-medium${message ? ' fr-input--error' : ''}`}
          {...{ id, min, max, value, defaultValue }}
          name={common.name}
          required={common.required}
          aria-invalid={!!message}
          aria-describedby={describedBy}
          onChange={event => onChange?.(event.target.value)}
        />
        {quick?.map(({ label, day }) => (
          <button key={label} type="button" className="fr-tag fr-tag--sm" onClick={() => pick(day)}>
            {label}
          </button>
        ))}
      </div>
      <Message id={id} message={message} />
    </div>
  )
}

export const TextArea = ({
  value,
  defaultValue,
  onChange,
  rows = 4,
  maxLength,
  ...common
}: Common & Value & { rows?: number; maxLength?: number }) => {
  const { id, message, describedBy } = useField(common)
  return (
    <div className={groupClass('input', message)}>
      <Label id={id} {...common} />
      <textarea
        className={`fr-input${message ? ' fr-input--error' : ''}`}
        {...{ id, value, defaultValue, rows, maxLength }}
        name={common.name}
        aria-required={common.required}
        aria-invalid={!!message}
        aria-describedby={describedBy}
        onChange={(event: ChangeEvent<HTMLTextAreaElement>) => onChange?.(event.target.value)}
      />
      <Message id={id} message={message} />
    </div>
  )
}

export interface Option {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

export const SelectField = ({
  options,
  placeholder = 'Sélectionner une option',
  value,
  defaultValue,
  onChange,
  ...common
}: Common & Value & { options: readonly Option[]; placeholder?: string }) => {
  const { id, message, describedBy } = useField(common)
  return (
    <div className={groupClass('select', message)}>
      <Label id={id} {...common} />
      <select
        className={`fr-select${message ? ' fr-select--error' : ''}`}
        {...{ id, value }}
        {...(value === undefined ? { defaultValue: defaultValue ?? '' } : {})}
        name={common.name}
        aria-required={common.required}
        aria-invalid={!!message}
        aria-describedby={describedBy}
        onChange={event => onChange?.(event.target.value)}
      >
        <option value="">{placeholder}</option>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Message id={id} message={message} />
    </div>
  )
}

/** One answer among a few, one key each: 1 to 9 choose while the focus is in the group. */
export const RadioKeys = ({
  options,
  value,
  defaultValue,
  onChange,
  layout = 'row',
  ...common
}: Common & Value & { options: readonly Option[]; layout?: 'row' | 'column' }) => {
  const { id, message, describedBy } = useField(common)
  const group = useRef<HTMLFieldSetElement>(null)
  useShortcut(
    'choices',
    event => {
      const chosen = options[digitOf(event) - 1]
      if (!chosen || !group.current?.contains(document.activeElement)) return false
      const input = group.current.querySelectorAll('input')[options.indexOf(chosen)]
      input?.focus()
      input?.click()
    },
    { scope: group },
  )
  return (
    <fieldset
      ref={group}
      className={`cc-choices cc-choices--${layout}${message ? ' cc-choices--error' : ''}`}
      aria-describedby={describedBy}
    >
      <legend className="fr-label">
        {common.label}
        {!common.required && <span className="cc-optional"> (facultatif)</span>}
        {common.hint && <span className="fr-hint-text">{common.hint}</span>}
      </legend>
      <div className="cc-choices__list">
        {options.map((option, index) => {
          const optionId = index === 0 ? id : `${id}-${index}`
          return (
            <div key={option.value} className="cc-choice">
              <input
                type="radio"
                id={optionId}
                name={common.name}
                value={option.value}
                required={common.required}
                {...(value === undefined
                  ? { defaultChecked: defaultValue === option.value }
                  : { checked: value === option.value })}
                onChange={() => onChange?.(option.value)}
              />
              <label htmlFor={optionId}>
                {index < 9 && (
                  <span className="cc-kbd" aria-hidden="true">
                    {index + 1}
                  </span>
                )}
                <span>
                  {option.label}
                  {option.hint && <span className="fr-hint-text">{option.hint}</span>}
                </span>
              </label>
            </div>
          )
        })}
      </div>
      <Message id={id} message={message} />
    </fieldset>
  )
}

/** Several answers. Each box is sent as its own name; read them through `onChange`. */
export const CheckboxGroup = ({
  name,
  label,
  hint,
  options,
  value,
  onChange,
  error,
}: Pick<Common, 'name' | 'label' | 'hint' | 'error'> & {
  options: readonly Option[]
  value: readonly string[]
  onChange: (value: readonly string[]) => void
}) => {
  const id = useId()
  const message = useFormField(name, { id, label, required: false, check: undefined }) ?? error
  return (
    <fieldset className="cc-choices" aria-describedby={message ? `${id}-erreur` : undefined}>
      <legend className="fr-label">
        {label}
        {hint && <span className="fr-hint-text">{hint}</span>}
      </legend>
      <div className="cc-checkboxes">
        {options.map((option, index) => (
          <Checkbox
            key={option.value}
            id={index === 0 ? id : undefined}
            label={option.label}
            hint={option.hint}
            checked={value.includes(option.value)}
            onChange={on => onChange(on ? [...value, option.value] : value.filter(one => one !== option.value))}
          />
        ))}
      </div>
      <Message id={id} message={message} />
    </fieldset>
  )
}

export const Checkbox = ({
  id: given,
  label,
  hint,
  checked,
  onChange,
  hideLabel = false,
  name,
}: {
  id?: string | undefined
  label: string
  hint?: string | undefined
  checked: boolean
  onChange: (checked: boolean) => void
  hideLabel?: boolean
  name?: string
}) => {
  const own = useId()
  const id = given ?? own
  return (
    <div className={`fr-checkbox-group fr-checkbox-group--sm${hideLabel ? ' cc-bare-checkbox' : ''}`}>
      <input
        type="checkbox"
        id={id}
        checked={checked}
        onChange={event => onChange(event.target.checked)}
        {...(name ? { name } : {})}
      />
      <label className="fr-label" htmlFor={id}>
        {hideLabel ? <span className="fr-sr-only">{label}</span> : label}
        {hint && <span className="fr-hint-text">{hint}</span>}
      </label>
    </div>
  )
}
