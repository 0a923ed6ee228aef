import './tags.css'

/** One choice among a few, in one press: a filter kept in the address. */
export const TagChoice = <V extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string
  options: readonly { readonly value: V; readonly label: string }[]
  value: V
  onChange: (value: V) => void
}) => (
  <fieldset className="cc-tags">
    <legend className="fr-sr-only">{label}</legend>
    {options.map(option => (
      <button
        key={option.value}
        type="button"
        className="fr-tag"
        aria-pressed={option.value === value}
        onClick={() => onChange(option.value)}
      >
        {option.label}
      </button>
    ))}
  </fieldset>
)
