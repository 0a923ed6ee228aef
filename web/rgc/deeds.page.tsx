import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { decideDeed, recordCertificate, requireRevocation } from '../../contract/rgc.ts'
import { call } from '../platform/api.ts'
import { base64Of } from '../platform/base64.ts'
import { dayOf, formatCount, formatDay, formatList, today } from '../platform/format.ts'
import {
  Badge,
  Button,
  DataTable,
  DateField,
  Dialog,
  Empty,
  FileField,
  Form,
  Loaded,
  Notice,
  Page,
  RadioKeys,
  Section,
  TextArea,
  tellReader,
} from '../ui/index.ts'
import { DeedCard } from './deed-card.tsx'
import { oversightQuery, rgcChanged } from './queries.ts'
import { Events } from './rgc.page.tsx'
import { NoteDialog, ToDeclare } from './to-declare.tsx'
import { type Deed, deedSentence, stateWords } from './words.ts'

interface Named {
  readonly id: string
  readonly name: string
}

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

const Read = ({ deed, onClose, more }: { deed: Deed; onClose: () => void; more: ReactNode }) => {
  const decides = deed.allowed.includes('accept')
  const [kind, setKind] = useState<'acceptation' | 'refus'>('acceptation')
  return (
    <Dialog title={`Acte d’engagement : ${deed.organisation.name}`} onClose={onClose}>
      <DeedCard deed={deed} more={more} />
      {decides && (
        <Form
          submit={kind === 'refus' ? 'Refuser par écrit' : 'Accepter'}
          onCancel={onClose}
          onSubmit={async (values, { idempotencyKey }) => {
            const { told, nobodyLeft } = await call(decideDeed, {
              params: { deedId: deed.id },
              body: { kind, reason: values.reason?.trim() || null },
              idempotencyKey,
            })
            await rgcChanged()
            tellReader('Votre réponse est enregistrée.', told, nobodyLeft)
            onClose()
          }}
        >
          <RadioKeys
            name="kind"
            label="Réponse"
            required
            value={kind}
            onChange={value => setKind(value as typeof kind)}
            options={[
              { value: 'acceptation', label: 'Accepter' },
              { value: 'refus', label: 'Refuser' },
            ]}
          />
          {kind === 'refus' && (
            <TextArea
              name="reason"
              label="Motif"
              hint="Il est envoyé à la structure, qui propose alors un nouvel acte"
              required
              maxLength={1000}
              rows={4}
            />
          )}
        </Form>
      )}
    </Dialog>
  )
}
const Certify = ({ person, onClose }: { person: Named; onClose: () => void }) => {
  const [file, setFile] = useState<{ name: string; content: string } | null>(null)
  const [error, setError] = useState<string>()
  const read = async (chosen: File) => {
    if (chosen.size > 1_400_000) return setError('Ce fichier dépasse 1,4 Mo.')
    setError(undefined)
    setFile({ name: chosen.name, content: await base64Of(chosen) })
  }
  return (
    <Dialog title={`Attestation du module RGC de ${person.name}`} onClose={onClose}>
      <Form
        submit="Enregistrer"
        done="L’attestation est enregistrée."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          if (!file) return setError('Choisissez le fichier de l’attestation.')
          await call(recordCertificate, {
            body: { accountId: person.id, issuedOn: values.issuedOn!, fileName: file.name, content: file.content },
            idempotencyKey,
          })
          await rgcChanged()
          onClose()
        }}
      >
        <DateField name="issuedOn" label="Date de l’attestation" required max={today()} />
        <FileField
          label="Fichier reçu"
          hint={file ? `Choisi : ${file.name}` : 'En PDF, 1,4 Mo au plus'}
          accept="application/pdf,.pdf"
          error={error}
          onFile={chosen => void read(chosen)}
        />
      </Form>
    </Dialog>
  )
}
