import { type ReactNode, useId, useState } from 'react'
import { useFormField } from './form-fields.ts'

interface PasswordProps {
  name: string
  label: string
  hint?: ReactNode
  /** `current-password` fills in what the browser keeps; `new-password` lets it offer one. */
  autoComplete: 'current-password' | 'new-password'
  check?: (value: string) => string | undefined
}

/** A password, hidden until one asks to see it. A password of any length can be pasted. */
export const PasswordField = ({ name, label, hint, autoComplete, check }: PasswordProps) => {
  const id = useId()
  const [shown, setShown] = useState(false)
  const message = useFormField(name, { id, label, required: true, check })
  return (
    <div className={`fr-password fr-input-group${message ? ' fr-input-group--error' : ''}`}>
      <label className="fr-label" htmlFor={id}>
        {label}
        {hint && <span className="fr-hint-text">{hint}</span>}
      </label>
      <div className="fr-input-wrap">
        <input
          id={id}
          name={name}
          type={shown ? 'text' : 'password'}
          className={`fr-password__input fr-input${message ? ' fr-input--error' : ''}`}
          autoComplete={autoComplete}
          autoCapitalize="off"
          spellCheck={false}
          maxLength={200}
          aria-required
          aria-invalid={!!message}
          aria-describedby={message ? `${id}-erreur` : undefined}
        />
      </div>
      {message && (
        <p id={`${id}-erreur`} className="fr-error-text">
          {message}
        </p>
      )}
      <div className="fr-password__checkbox fr-checkbox-group fr-checkbox-group--sm">
        <input
          type="checkbox"
          id={`${id}-montrer`}
          aria-label={`Afficher : ${label}`}
          checked={shown}
          onChange={event => setShown(event.target.checked)}
        />
        <label className="fr-label" htmlFor={`${id}-montrer`}>
          Afficher
        </label>
      </div>
    </div>
  )
}
