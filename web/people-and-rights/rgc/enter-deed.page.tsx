import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Button, Empty, Loaded, Notice, Page, Section, TextField } from '../../ui/index.ts'
import { Declare } from './declare.tsx'
import { EnterDeedForm } from './enter-deed-form.tsx'
import { Events } from './events.tsx'
import { structuresOf } from './queries.ts'
import { ReceivedFor } from './received-for.tsx'
import type { Structure } from './words.ts'

/** `regional`: by the regional direction, which comes from its conventions, and enters departures here too. */
export const EnterDeed = ({ regional = false }: { regional?: boolean }) => {
  const [words, setWords] = useState('')
  const sought = useDeferredValue(words.trim())
  const query = useQuery(structuresOf(sought.length < 2 ? '' : sought))
  const entered = regional ? (query.data?.entered ?? []) : []
  const [chosen, setChosen] = useState<Structure | null>(null)
  const [leaving, setLeaving] = useState<Structure | null>(null)
  return (
    <Page
      title={regional ? 'Saisir un acte ou un départ reçu' : 'Saisir un acte d’engagement signé à la main'}
      lead={
        regional
          ? 'Vous avez reçu, sur papier ou par courriel, un acte d’engagement ou le départ d’un responsable de gestion de comptes (RGC) : enregistrez-le au nom de la structure. Elle en est prévenue, le CSSI et les personnes nommées aussi.'
          : 'Vous avez reçu l’acte sur papier ou par courriel : enregistrez-le au nom de la structure. Elle en est prévenue, et les personnes désignées aussi.'
      }
      breadcrumb={
        regional
          ? [{ label: 'Conventions', href: '/conventions' }]
          : [
              { label: 'Sécurité', href: '/securite' },
              { label: 'Actes d’engagement et attestations', href: '/securite/rgc' },
            ]
      }
    >
      {chosen ? (
        <EnterDeedForm
          structure={chosen}
          returnsTo={regional ? '/conventions' : '/securite/rgc'}
          onLeave={() => setChosen(null)}
        />
      ) : (
        <Section title="La structure">
          <TextField
            name="q"
            label="Nom de la structure"
            hint="Deux lettres au moins ; sous convention en vigueur ou à signer"
            type="search"
            required
            width="medium"
            value={words}
            onChange={setWords}
          />
          {sought.length >= 2 && (
            <Loaded
              query={query}
              empty={({ items }) =>
                !query.isPlaceholderData &&
                items.length === 0 && (
                  <Empty title="Aucune structure de ce nom">
                    Vérifiez l’orthographe. La direction régionale prépare d’abord la convention de la structure.
                  </Empty>
                )
              }
            >
              {({ items }) => (
                <ul className="cc-plain-list">
                  {items.map(structure => (
                    <li key={structure.organisation.id}>
                      {regional ? (
                        <ReceivedFor structure={structure} onDeed={setChosen} onDeparture={setLeaving} />
                      ) : (
                        <Button
                          priority="tertiary"
                          disabled={structure.signatories.length === 0}
                          onClick={() => setChosen(structure)}
                        >
                          {structure.organisation.name}
                        </Button>
                      )}
                      {structure.signatories.length === 0 && (
                        <Notice tone="info">
                          Cette structure n’a pas de signataire : la direction régionale le nomme depuis la page de la
                          convention.
                        </Notice>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </Loaded>
          )}
        </Section>
      )}
      {!chosen && entered.length > 0 && (
        <Section title="Départs et absences que vous avez saisis">
          <Events events={entered} withStructure />
        </Section>
      )}
      {leaving && (
        <Declare received about={leaving.organisation} people={leaving.inPlace} onClose={() => setLeaving(null)} />
      )}
    </Page>
  )
}

export default function EnterDeedPage() {
  return <EnterDeed />
}
