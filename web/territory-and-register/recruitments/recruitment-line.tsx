import { useQuery } from '@tanstack/react-query'
import { formatDay } from '../../platform/format.ts'
import { holds, useMe } from '../../platform/session.ts'
import { Link, Section } from '../../ui/index.ts'
import { nextSentence } from './forecast-words.ts'
import { recruitmentSummaryQuery } from './queries.ts'
import { notCovered, yearSentence } from './words.ts'

/** On the card of an employer, for who holds the tool there: the year in a line, and the way to the rest. */
export const RecruitmentLine = ({ siret }: { siret: string }) => {
  const held = holds(useMe(), 'fiche-recrutement')
  const { data } = useQuery({ ...recruitmentSummaryQuery(siret), enabled: held })
  if (!held || !data) return null
  const { coverage, asOf, total, durable, other, next } = data
  return (
    <Section title="Embauches">
      <p className="fr-mb-0">
        {coverage === 'msa'
          ? notCovered
          : total === null
            ? 'Aucune déclaration d’embauche n’a encore été apportée.'
            : `${yearSentence({ total, durable: durable ?? 0, other: other ?? 0 })}${next ? ` ${nextSentence(next)}` : ''} Données au ${formatDay(asOf!)}.`}{' '}
        {coverage === 'covered' && <Link href={`/etablissements/${siret}/recrutements`}>Fiche de recrutement</Link>}
      </p>
    </Section>
  )
}
