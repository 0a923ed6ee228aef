import type { ReactNode, RefObject } from 'react'
import type { ApiProblem } from '../platform/problem.ts'
import type { Field } from './form-fields.ts'

/** What is to be corrected, and what was refused. */
export const Summary = ({
  at,
  errors,
  fields,
  problem,
  explain,
}: {
  at: RefObject<HTMLDivElement | null>
  errors: Readonly<Record<string, string>>
  fields: ReadonlyMap<string, Field>
  problem: ApiProblem | null
  explain: (problem: ApiProblem) => ReactNode | undefined
}) => {
  const wrong = Object.entries(errors)
  return (
    <div ref={at} tabIndex={-1} className="fr-alert fr-alert--error cc-form__summary">
      <p className="fr-alert__title">
        {problem
          ? problem.title
          : wrong.length === 1
            ? 'Une réponse est à corriger'
            : `${wrong.length} réponses sont à corriger`}
      </p>
      {problem && (explain(problem) ?? <p>{problem.detail}</p>)}
      {problem?.requestId && problem.status >= 500 && (
        <p className="fr-text--sm">
          Numéro de la demande : <code>{problem.requestId}</code>
        </p>
      )}
      {problem && problem.errors.length > 0 && !wrong.length && (
        <ul>
          {problem.errors.map(({ field, message }) => (
            <li key={field}>{message}</li>
          ))}
        </ul>
      )}
      {wrong.length > 0 && (
        <ul>
          {wrong.map(([name, message]) => (
            <li key={name}>
              <a
                href={`#${fields.get(name)?.id}`}
                onClick={event => {
                  event.preventDefault()
                  document.getElementById(fields.get(name)?.id ?? '')?.focus()
                }}
              >
                {/^Renseignez/.test(message) ? message : `${fields.get(name)?.label} : ${message}`}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
