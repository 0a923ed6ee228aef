import { useId } from 'react'

/** One file, read in the page. It can be chosen again after a change: the field forgets it at once. */
export const FileField = ({
  label,
  hint,
  accept,
  error,
  onFile,
}: {
  label: string
  hint: string
  accept: string
  error?: string | undefined
  onFile: (file: File) => void
}) => {
  const id = useId()
  return (
    <div className={`fr-upload-group${error ? ' fr-upload-group--error' : ''}`}>
      <label className="fr-label" htmlFor={id}>
        {label}
        <span className="cc-optional"> (facultatif)</span>
        <span className="fr-hint-text">{hint}</span>
      </label>
      <input
        className="fr-upload"
        type="file"
        id={id}
        accept={accept}
        aria-invalid={!!error}
        aria-describedby={error ? `${id}-erreur` : undefined}
        onChange={event => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
      {error && (
        <p id={`${id}-erreur`} className="fr-error-text">
          {error}
        </p>
      )}
    </div>
  )
}
