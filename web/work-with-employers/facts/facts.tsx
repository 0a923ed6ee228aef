import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FactName } from '../../../contract/work-with-employers/facts.ts'
import { Button, Loaded, Section } from '../../ui/index.ts'
import { FactForm } from './fact-form.tsx'
import { FactLine } from './fact-line.tsx'
import { type Fact, factsQuery } from './queries.ts'
import { labelOf } from './words.ts'
import './facts.css'

interface Props {
  siret: string
  /** What the register says of the same. */
  register: Partial<Record<FactName, string | null>>
}
/** On the card: what partners know of the establishment better than the register, changed in place. */
export const Facts = ({ siret, register }: Props) => (
  <Section title="La fiche vue du terrain" id="terrain">
    <Loaded query={useQuery(factsQuery(siret))} lines={3}>
      {({ items }) => {
        const [known, unknown] = [items.filter(({ said }) => said.length), items.filter(({ said }) => !said.length)]
        return (
          <>
            {known.length === 0 && (
              <p className="cc-terrain__none">
                Rien n’est noté encore : nom en usage, standard, horaires, accès… Ce qui l’est sert à tout le réseau.
              </p>
            )}
            <ul className="cc-terrain">
              {known.map(fact => (
                <FactLine key={fact.field} siret={siret} fact={fact} register={register[fact.field] ?? null} />
              ))}
            </ul>
            <Missing siret={siret} facts={unknown.filter(({ allowed }) => allowed.includes('note'))} />
          </>
        )
      }}
    </Loaded>
  </Section>
)

/** What nobody said yet, one press from being said. */
const Missing = ({ siret, facts }: { siret: string; facts: readonly Fact[] }) => {
  const [filling, setFilling] = useState<FactName | null>(null)
  const chosen = facts.find(({ field }) => field === filling)
  if (!facts.length) return null
  return (
    <div className="cc-terrain__missing">
      <p>À renseigner, si vous le savez :</p>
      <ul>
        {facts.map(({ field }) => (
          <li key={field}>
            <Button
              size="small"
              priority="tertiary"
              icon="fr-icon-add-line"
              expanded={filling === field}
              onClick={() => setFilling(filling === field ? null : field)}
            >
              {labelOf(field)}
            </Button>
          </li>
        ))}
      </ul>
      {chosen && <FactForm key={chosen.field} siret={siret} fact={chosen} onClose={() => setFilling(null)} />}
    </div>
  )
}
