import { useId, useState } from 'react'
import { fileKeyOf } from './kept/form-values.ts'

/** One file, read in the page. It can be chosen again after a change: the field forgets it at once. */
export const FileField = ({
  label,
  hint,
  accept,
  required = false,
  intoText = false,
  error,
  onFile,
}: {
  label: string
  hint: string
  accept: string
  required?: boolean
  /** Its words come into the fields: nothing of it is to be attached again. */
  intoText?: boolean
  error?: string | undefined
  onFile: (file: File) => void
}) => {
  const id = useId()
  const [name, setName] = useState('')
  return (
    <div className={`fr-upload-group${error ? ' fr-upload-group--error' : ''}`}>
      <label className="fr-label" htmlFor={id}>
        {label}
        {!required && <span className="cc-optional"> (facultatif)</span>}
        <span className="fr-hint-text">{hint}</span>
      </label>
      <input
        className="fr-upload"
        type="file"
        id={id}
        accept={accept}
        {...(intoText ? {} : { 'data-draft': fileKeyOf(label), 'data-file': name })}
        aria-invalid={!!error}
        aria-describedby={error ? `${id}-erreur` : undefined}
        onChange={event => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (!file) return
          setName(file.name)
          onFile(file)
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
