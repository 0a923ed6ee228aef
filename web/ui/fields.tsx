import { type ChangeEvent, type HTMLInputTypeAttribute, type InputHTMLAttributes, useRef } from 'react'
import { type Common, groupClass, Label, Message, useField, type Value } from './field.tsx'

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
