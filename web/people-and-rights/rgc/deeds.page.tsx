import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount, formatList } from '../../platform/format.ts'
import { Button, Loaded, Notice, Page, Section } from '../../ui/index.ts'
import { Certify, type Named } from './certify-dialog.tsx'
import { Events } from './events.tsx'
import { oversightQuery } from './queries.ts'
import { Read } from './read-deed.tsx'
import { ReceivedDeeds } from './received-deeds.tsx'
import { RequireRevocation, Revocations } from './revocations.tsx'
import { NoteDialog, ToDeclare } from './to-declare.tsx'
import { type Deed, deedSentence } from './words.ts'

export default function DeedsPage() {
  const query = useQuery(oversightQuery)
  const [reading, setReading] = useState<Deed | null>(null)
  const [certified, setCertified] = useState<Named | null>(null)
  const [revoked, setRevoked] = useState<Named | null>(null)
  const [noting, setNoting] = useState<Named | null>(null)
  return (
    <Page
      title="Actes d’engagement et attestations"
      breadcrumb={[{ label: 'Sécurité', href: '/securite' }]}
      lead="Les responsables de gestion de comptes (RGC) de toutes les structures, pour le correspondant sécurité de l’opérateur (CSSI)."
    >
      <Loaded query={query} lines={8}>
        {({ deeds, certificates, events, toDeclare, revocations, withoutRgc }) => {
          const waiting = deeds.filter(deed => deed.state === 'en-attente')
          const certifiedIds = new Set(certificates.map(({ person }) => person.id))
          return (
            <>
              {waiting.length > 0 && (
                <Notice
                  tone="warning"
                  title={`${formatCount(waiting.length, 'acte attend', 'actes attendent')} votre réponse`}
                >
                  <ul>
                    {waiting.map(deed => (
                      <li key={deed.id}>
                        <strong>{deed.organisation.name}</strong>. {deedSentence(deed)}
                      </li>
                    ))}
                  </ul>
                </Notice>
              )}
              {withoutRgc.length > 0 && (
                <Notice
                  tone="info"
                  title={formatCount(
                    withoutRgc.length,
                    'structure sous convention sans RGC',
                    'structures sous convention sans RGC',
                  )}
                >
                  {formatList(withoutRgc.slice(0, 20).map(({ name }) => name))}
                  {withoutRgc.length > 20 ? ` et ${withoutRgc.length - 20} autres` : ''}.
                </Notice>
              )}
              <ReceivedDeeds deeds={deeds} certifiedIds={certifiedIds} onRead={setReading} />
              {toDeclare.length > 0 && (
                <Section title="Départs et absences à déclarer par les structures">
                  <ToDeclare lines={toDeclare} withStructure />
                </Section>
              )}
              {events.length > 0 && (
                <Section title="Départs et absences">
                  <Events events={events} withStructure />
                </Section>
              )}
              {revocations.length > 0 && <Revocations revocations={revocations} />}
            </>
          )
        }}
      </Loaded>
      {reading && (
        <Read
          deed={reading}
          onClose={() => setReading(null)}
          more={reading.members.map(({ person }) => (
            <span key={person.id}>
              <Button
                size="small"
                priority="secondary"
                onClick={() => {
                  setReading(null)
                  setCertified(person)
                }}
              >
                Enregistrer l’attestation de {person.name}
              </Button>{' '}
              {reading.state === 'en-vigueur' && (
                <Button
                  size="small"
                  priority="tertiary"
                  onClick={() => {
                    setReading(null)
                    setRevoked(person)
                  }}
                >
                  Demander la révocation de {person.name}
                </Button>
              )}{' '}
              {reading.state === 'en-vigueur' && (
                <Button
                  size="small"
                  priority="tertiary"
                  onClick={() => {
                    setReading(null)
                    setNoting(person)
                  }}
                >
                  Noter le départ de {person.name}
                </Button>
              )}
            </span>
          ))}
        />
      )}
      {noting && <NoteDialog people={[noting]} onClose={() => setNoting(null)} />}
      {certified && <Certify person={certified} onClose={() => setCertified(null)} />}
      {revoked && <RequireRevocation person={revoked} onClose={() => setRevoked(null)} />}
    </Page>
  )
}
