import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { formatCount } from '../../platform/format.ts'
import { meQuery } from '../../platform/session.ts'
import { Button, ButtonRow, Link, Loaded, Page, Section, TextField } from '../../ui/index.ts'
import { Certify, type Named } from './certify-dialog.tsx'
import { CorrectDeed, type Corrected, CorrectPaper } from './correct-dialog.tsx'
import { Declare } from './declare.tsx'
import { Events } from './events.tsx'
import { PersonActs } from './person-acts.tsx'
import { oversightOf } from './queries.ts'
import { Read } from './read-deed.tsx'
import { ReceivedDeeds } from './received-deeds.tsx'
import { BarredPeople, RequireRevocation, Revocations } from './revocations.tsx'
import { NoteDialog, ToDeclare } from './to-declare.tsx'
import { Uncertified, WithoutRgc } from './uncertified.tsx'
import { Unseen } from './unseen.tsx'
import type { Deed } from './words.ts'

export default function DeedsPage() {
  const [words, setWords] = useState('')
  const everywhere = useQuery(meQuery).data?.roles.includes('cssi') ?? true
  const query = useQuery(oversightOf(useDeferredValue(words.trim())))
  const [reading, setReading] = useState<Deed | null>(null)
  const [certified, setCertified] = useState<Named | null>(null)
  const [revoked, setRevoked] = useState<Named | null>(null)
  const [noting, setNoting] = useState<Named | null>(null)
  const [entering, setEntering] = useState<Named | null>(null)
  const [correcting, setCorrecting] = useState<Corrected | null>(null)
  const prepares = { certify: setCertified, revoke: setRevoked, note: setNoting, enter: setEntering }
  return (
    <Page
      title="Actes d’engagement et attestations"
      breadcrumb={[{ label: 'Sécurité', href: '/securite' }]}
      lead={`Les responsables de gestion de comptes (RGC) ${everywhere ? 'de toutes les structures' : 'des structures de votre région'}, pour le correspondant sécurité de l’opérateur (CSSI).`}
      actions={
        <ButtonRow>
          <Button href="/securite/rgc/acte-recu" priority="secondary">
            Saisir un acte signé à la main
          </Button>
          <Link href="/securite/comptes">Comptes des partenaires</Link>
        </ButtonRow>
      }
    >
      <Loaded query={query} lines={8}>
        {({ waiting, deeds, uncertified, events, toDeclare, unseen, revocations, barred, withoutRgc }) => {
          const uncertifiedIds = new Set(uncertified.map(({ person }) => person.id))
          const awaited = new Set(waiting.map(({ id }) => id))
          return (
            <>
              {waiting.length > 0 && (
                <ReceivedDeeds
                  title={formatCount(waiting.length, 'acte attend votre réponse', 'actes attendent votre réponse')}
                  deeds={waiting}
                  uncertifiedIds={uncertifiedIds}
                  onRead={setReading}
                />
              )}
              {uncertified.length > 0 && <Uncertified lines={uncertified} onCertify={setCertified} />}
              {withoutRgc.length > 0 && <WithoutRgc structures={withoutRgc} />}
              <ReceivedDeeds
                title="Actes reçus"
                sought={words.trim()}
                deeds={deeds.filter(({ id }) => !awaited.has(id))}
                uncertifiedIds={uncertifiedIds}
                onRead={setReading}
              >
                <TextField
                  name="q"
                  label="Nom de la structure"
                  hint="Les 200 derniers actes sont montrés"
                  type="search"
                  required
                  width="medium"
                  value={words}
                  onChange={setWords}
                />
              </ReceivedDeeds>
              {toDeclare.length > 0 && (
                <Section title="Départs et absences à déclarer par les structures">
                  <ToDeclare lines={toDeclare} withStructure />
                </Section>
              )}
              {unseen.length > 0 && (
                <Section title="Sans activité depuis deux mois : la question est posée aux structures">
                  <Unseen lines={unseen} withStructure />
                </Section>
              )}
              {events.length > 0 && (
                <Section title="Départs et absences">
                  <Events
                    events={events}
                    withStructure
                    onCorrect={event => setCorrecting({ kind: 'event', paper: event })}
                  />
                </Section>
              )}
              {revocations.length > 0 && <Revocations revocations={revocations} />}
              {barred.length > 0 && <BarredPeople barred={barred} />}
            </>
          )
        }}
      </Loaded>
      {reading && (
        <Read
          deed={reading}
          onClose={() => setReading(null)}
          more={
            <>
              {reading.members.map(({ person }) => (
                <PersonActs
                  key={person.id}
                  name={person.name}
                  inForce={reading.state === 'en-vigueur'}
                  onAct={prepare => {
                    setReading(null)
                    prepares[prepare](person)
                  }}
                />
              ))}
              <CorrectDeed
                deed={reading}
                onCorrect={corrected => {
                  setReading(null)
                  setCorrecting(corrected)
                }}
              />
            </>
          }
        />
      )}
      {correcting && <CorrectPaper {...correcting} onClose={() => setCorrecting(null)} />}
      {noting && <NoteDialog people={[noting]} onClose={() => setNoting(null)} />}
      {entering && <Declare received people={[entering]} onClose={() => setEntering(null)} />}
      {certified && <Certify person={certified} onClose={() => setCertified(null)} />}
      {revoked && <RequireRevocation person={revoked} onClose={() => setRevoked(null)} />}
    </Page>
  )
}
