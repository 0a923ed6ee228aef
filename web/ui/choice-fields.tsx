import { useId, useRef } from 'react'
import { digitOf, useShortcut } from '../platform/shortcuts.ts'
import { type Common, groupClass, Label, Message, useField, type Value } from './field.tsx'
import { useFormField } from './form-fields.ts'

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
            draftKey={`${name}.${option.value}`}
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
  draftKey,
}: {
  id?: string | undefined
  /** Names it in a draft, where it is not sent by a name. */
  draftKey?: string
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
        {...(draftKey ? { 'data-draft': draftKey } : {})}
      />
      <label className="fr-label" htmlFor={id}>
        {hideLabel ? <span className="fr-sr-only">{label}</span> : label}
        {hint && <span className="fr-hint-text">{hint}</span>}
      </label>
    </div>
  )
}
