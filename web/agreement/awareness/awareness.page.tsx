import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { listAwareness, setAwarenessPolicy } from '../../../contract/agreement/awareness.ts'
import { call } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { announce, Badge, Button, DataTable, Empty, Loaded, Page, Refused, TagChoice } from '../../ui/index.ts'
import { rightsChanged } from '../texts/queries.ts'
import { type Line, Record } from './record-awareness.tsx'
import { modalityWords } from './words.ts'

export default function AwarenessPage() {
  const me = useMe()
  const [address, write] = useAddress()
  const late = address.etat === 'depassees'
  const { query, more } = useList(['awareness', 'awareness', { late }], (after, signal) =>
    call(listAwareness, { query: { limit: 50, ...(late ? { late } : {}), ...(after ? { after } : {}) }, signal }),
  )
  const [recording, setRecording] = useState<Line | null>(null)
  const cuts = query.data?.cuts
  const policy = useMutation({
    mutationFn: () => call(setAwarenessPolicy, { body: { cuts: !cuts } }),
    onSuccess: done => {
      announce(
        done.cuts
          ? 'Une sensibilisation dépassée suspend désormais les habilitations.'
          : 'Une sensibilisation dépassée donne désormais lieu à un rappel seulement.',
      )
      return rightsChanged()
    },
  })
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
    >
      <TagChoice
        label="Montrer"
        options={[
          { value: '', label: 'Toutes' },
          { value: 'depassees', label: 'Dépassées' },
        ]}
        value={address.etat ?? ''}
        onChange={etat => write({ etat })}
      />
      {policy.isError && <Refused problem={policy.error} />}
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 && <Empty title={late ? 'Aucune sensibilisation dépassée' : 'Aucun compte actif'} />
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
                    Noter<span className="fr-sr-only"> la sensibilisation de {line.person.name}</span>
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
                <Button priority="secondary" busy={policy.isPending} onClick={() => policy.mutate()}>
                  {cuts ? 'Avertir seulement, sans suspendre' : 'Suspendre les habilitations au-delà d’un an'}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
      {recording && <Record line={recording} onClose={() => setRecording(null)} />}
    </Page>
  )
}
