import { type ReactNode, useId } from 'react'
import { useFormField } from './form-fields.ts'

export interface Common {
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
export type Value = { value?: string; defaultValue?: string; onChange?: (value: string) => void }

export const useField = ({ name, label, required = false, error, check }: Common) => {
  const id = useId()
  const found = useFormField(name, { id, label, required, check })
  const message = error ?? found
  return { id, message, describedBy: message ? `${id}-erreur` : undefined }
}
export const Label = ({ id, label, hint, required }: Pick<Common, 'label' | 'hint' | 'required'> & { id: string }) => (
  <label className="fr-label" htmlFor={id}>
    {label}
    {!required && <span className="cc-optional"> (facultatif)</span>}
    {hint && <span className="fr-hint-text">{hint}</span>}
  </label>
)
export const Message = ({ id, message }: { id: string; message: string | undefined }) =>
  message ? (
    <p id={`${id}-erreur`} className="fr-error-text">
      {message}
    </p>
  ) : null
export const groupClass = (kind: 'input' | 'select', message: string | undefined) =>
  `fr-${kind}-group${message ? ` fr-${kind}-group--error` : ''}`
