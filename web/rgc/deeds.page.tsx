import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { requireRevocation } from '../../contract/rgc.ts'
import { call } from '../platform/api.ts'
import { dayOf, formatCount, formatDay, formatList } from '../platform/format.ts'
import {
  Badge,
  Button,
  DataTable,
  Dialog,
  Empty,
  Form,
  Loaded,
  Notice,
  Page,
  Section,
  TextArea,
  tellReader,
} from '../ui/index.ts'
import { Certify, type Named } from './certify-dialog.tsx'
import { Events } from './events.tsx'
import { oversightQuery, rgcChanged } from './queries.ts'
import { Read } from './read-deed.tsx'
import { NoteDialog, ToDeclare } from './to-declare.tsx'
import { type Deed, deedSentence, stateWords } from './words.ts'

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
          const waiting = deeds.filter(d => d.state === 'en-attente')
          const certifiedIds = new Set(certificates.map(c => c.person.id))
          return (
            <>
              {waiting.length > 0 && (
                <Notice
                  tone="warning"
                  title={`${formatCount(waiting.length, 'acte attend', 'actes attendent')} votre réponse`}
                >
                  <ul>
                    {waiting.map(d => (
                      <li key={d.id}>
                        <strong>{d.organisation.name}</strong>. {deedSentence(d)}
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
                  {formatList(withoutRgc.slice(0, 20).map(o => o.name))}
                  {withoutRgc.length > 20 ? ` et ${withoutRgc.length - 20} autres` : ''}.
                </Notice>
              )}
              <Section title="Actes reçus">
                {deeds.length === 0 ? (
                  <Empty title="Aucun acte reçu">
                    Un acte paraît ici dès que le signataire et les personnes désignées l’ont signé.
                  </Empty>
                ) : (
                  <DataTable
                    caption="Actes reçus, le plus récent d’abord"
                    hideCaption
                    rows={deeds}
                    keyOf={({ id }) => id}
                    columns={[
                      { head: 'Structure', cell: ({ organisation }) => organisation.name },
                      {
                        head: 'Personnes désignées',
                        cell: ({ members }) => (
                          <ul className="cc-plain-list">
                            {members.map(m => (
                              <li key={m.person.id}>
                                {m.person.name}{' '}
                                {certifiedIds.has(m.person.id) ? (
                                  <Badge tone="success">attestation</Badge>
                                ) : (
                                  <Badge tone="warning">sans attestation</Badge>
                                )}
                              </li>
                            ))}
                          </ul>
                        ),
                      },
                      { head: 'Reçu le', cell: ({ sentAt }) => formatDay(dayOf(sentAt!)) },
                      {
                        head: 'État',
                        cell: ({ state }) => <Badge tone={stateWords[state].tone}>{stateWords[state].word}</Badge>,
                      },
                    ]}
                    acts={deed => (
                      <Button size="small" priority="tertiary" onClick={() => setReading(deed)}>
                        Ouvrir<span className="fr-sr-only"> l’acte de {deed.organisation.name}</span>
                      </Button>
                    )}
                  />
                )}
              </Section>
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
              {revocations.length > 0 && (
                <Section title="Révocations demandées">
                  <DataTable
                    caption="Révocations demandées"
                    hideCaption
                    rows={revocations}
                    keyOf={({ id }) => id}
                    columns={[
                      { head: 'Structure', cell: ({ organisation }) => organisation.name },
                      { head: 'Personne', cell: ({ person }) => person.name },
                      { head: 'Motif', cell: ({ reason }) => reason },
                      {
                        head: 'Suite',
                        cell: ({ madeAt, requiredAt }) =>
                          madeAt
                            ? `faite le ${formatDay(dayOf(madeAt))}`
                            : `demandée le ${formatDay(dayOf(requiredAt))}, non faite`,
                      },
                    ]}
                  />
                </Section>
              )}
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
      {revoked && (
        <Dialog title={`Demander la révocation de ${revoked.name}`} onClose={() => setRevoked(null)}>
          <p>La structure reçoit votre demande motivée par courriel, et révoque elle-même. Rien n’est coupé avant.</p>
          <Form
            submit="Envoyer la demande"
            onCancel={() => setRevoked(null)}
            onSubmit={async (values, { idempotencyKey }) => {
              const { told } = await call(requireRevocation, {
                body: { accountId: revoked.id, reason: values.reason! },
                idempotencyKey,
              })
              await rgcChanged()
              tellReader('La demande est envoyée.', told)
              setRevoked(null)
            }}
          >
            <TextArea name="reason" label="Motif" required maxLength={1000} rows={4} />
          </Form>
        </Dialog>
      )}
    </Page>
  )
}
