import { useQuery } from '@tanstack/react-query'
import { PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { formatCount, formatDay } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { solicitationsQuery } from './queries.ts'
import { actWords, isSpent, leftWords, usedWords } from './words.ts'

/** How many times the network may still solicit this employer, and who went past it (CAM-12). */
export const SolicitationsLeft = ({ siret }: { siret: string }) => {
  const { data } = useQuery(solicitationsQuery(siret))
  if (!data) return null
  return (
    <div className="fr-mt-2w">
      <p className="fr-mb-1v">
        <strong>{leftWords(data)}</strong> {data.month > 0 && usedWords(data)}
        {isSpent(data) && ' Le solliciter encore demande un motif ; un échange qui a eu lieu s’enregistre toujours.'}
      </p>
      {data.beside > 0 && (
        <p className="fr-mb-1v">
          {formatCount(data.beside, 'sollicitation')} ce mois-ci dans d’autres établissements de l’entreprise.
        </p>
      )}
      {data.overruns.length > 0 && (
        <ul className="cc-known">
          {data.overruns.map(overrun => (
            <li key={overrun.id}>
              {formatDay(overrun.onDay)} :{' '}
              <PersonOf person={overrun.author} structure={shortOrganisation(overrun.organisation.name)} />{' '}
              {actWords[overrun.act]} au-delà du budget <span className="cc-known__notes">« {overrun.reason} »</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** The same in one line, where an exchange is recorded. */
export const LeftBrief = ({ siret }: { siret: string }) => {
  const { data } = useQuery(solicitationsQuery(siret))
  return data ? <p>{leftWords(data)}</p> : null
}
