import { useId } from 'react'

/** On or off, at once. For what is sent with a form, use Checkbox. */
export const Toggle = ({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}) => {
  const id = useId()
  return (
    <div className="fr-toggle fr-toggle--border-bottom">
      <input
        type="checkbox"
        className="fr-toggle__input"
        id={id}
        checked={checked}
        aria-describedby={hint ? `${id}-aide` : undefined}
        onChange={event => onChange(event.target.checked)}
      />
      <label
        className="fr-toggle__label"
        htmlFor={id}
        data-fr-checked-label="Activé"
        data-fr-unchecked-label="Désactivé"
      >
        {label}
      </label>
      {hint && (
        <p className="fr-hint-text" id={`${id}-aide`}>
          {hint}
        </p>
      )}
    </div>
  )
}
