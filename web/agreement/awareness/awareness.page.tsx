import { lazy, Suspense, useState } from 'react'
import { listAwareness } from '../../../contract/agreement/awareness.ts'
import { ofName } from '../../../contract/names-in-french.ts'
import { call } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page, TagChoice } from '../../ui/index.ts'
import { type Line, Record } from './record-awareness.tsx'
import { modalityWords } from './words.ts'

const RecordMeeting = lazy(() => import('./record-meeting.tsx').then(m => ({ default: m.RecordMeeting })))
const SetPolicy = lazy(() => import('./set-policy.tsx').then(m => ({ default: m.SetPolicy })))

export default function AwarenessPage() {
  const me = useMe()
  const [address, write] = useAddress()
  const late = address.etat === 'depassees'
  const never = address.etat === 'jamais'
  const { query, more } = useList(['awareness', 'awareness', { late, never }], (after, signal) =>
    call(listAwareness, {
      query: { limit: 50, ...(late ? { late } : {}), ...(never ? { never } : {}), ...(after ? { after } : {}) },
      signal,
    }),
  )
  const [recording, setRecording] = useState<Line | null>(null)
  const [opened, open] = useState<'meeting' | 'policy'>()
  const cuts = query.data?.cuts
  const several = query.data?.items.some(one => one.organisation.id !== me.organisation.id)
  return (
    <Page
      title="Sensibilisations à la sécurité"
      lead={
        cuts === undefined
          ? 'Chaque personne la renouvelle dans l’année.'
          : cuts
            ? 'Chaque personne la renouvelle dans l’année ; dépassée, elle suspend les habilitations.'
            : 'Chaque personne la renouvelle dans l’année ; dépassée, elle donne lieu à un rappel.'
      }
      {...(query.data?.allowed.includes('record')
        ? { actions: <Button onClick={() => open('meeting')}>Noter une réunion</Button> }
        : {})}
    >
      <TagChoice
        label="Montrer"
        options={[
          { value: '', label: 'Toutes' },
          { value: 'depassees', label: 'Dépassées' },
          { value: 'jamais', label: 'Jamais notées' },
        ]}
        value={address.etat ?? ''}
        onChange={etat => write({ etat })}
      />
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty
              title={
                late ? 'Aucune sensibilisation dépassée' : never ? 'Chacun a été sensibilisé' : 'Aucun compte actif'
              }
            />
          )
        }
      >
        {({ items, allowed }) => (
          <>
            <DataTable
              caption="Sensibilisations, la plus ancienne échéance d’abord"
              hideCaption
              rows={items}
              keyOf={({ person }) => person.id}
              columns={[
                { head: 'Personne', cell: ({ person }) => person.name },
                ...(several ? [{ head: 'Structure', cell: ({ organisation }: Line) => organisation.name }] : []),
                {
                  head: 'Dernière',
                  cell: ({ lastOn, modality }) =>
                    lastOn
                      ? `${formatDay(lastOn)}${modality && modality in modalityWords ? ` (${modalityWords[modality as keyof typeof modalityWords]})` : ''}`
                      : 'aucune',
                },
                {
                  head: 'À renouveler avant le',
                  cell: ({ dueOn, late: past }) => (
                    <>
                      {formatDay(dueOn)} {past && <Badge tone="error">dépassée</Badge>}
                    </>
                  ),
                },
              ]}
              acts={line =>
                allowed.includes('record') &&
                line.person.id !== me.account.id && (
                  <Button size="small" priority="tertiary" onClick={() => setRecording(line)}>
                    Noter<span className="fr-sr-only"> la sensibilisation {ofName(line.person.name)}</span>
                  </Button>
                )
              }
              {...(more ? { more } : {})}
            />
            {!allowed.includes('record') && (
              <p className="fr-text--sm fr-mt-2w">
                Les sensibilisations sont notées par le responsable de gestion de comptes (RGC), le responsable de la
                formation, ou le correspondant sécurité de l’opérateur.
              </p>
            )}
            {allowed.includes('set-policy') && (
              <div className="fr-mt-3w">
                <Button priority="secondary" onClick={() => open('policy')}>
                  {cuts ? 'Avertir seulement, sans suspendre' : 'Suspendre les habilitations au-delà d’un an'}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
      <Suspense fallback={null}>
        {opened === 'meeting' && <RecordMeeting onClose={() => open(undefined)} />}
        {opened === 'policy' && query.data && <SetPolicy cuts={query.data.cuts} onClose={() => open(undefined)} />}
      </Suspense>
      {recording && <Record line={recording} onClose={() => setRecording(null)} />}
    </Page>
  )
}
