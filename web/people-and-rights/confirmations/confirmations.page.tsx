import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listConfirmations } from '../../../contract/people-and-rights/confirmations.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { Button, ButtonRow, DataTable, Empty, Loaded, Page } from '../../ui/index.ts'
import { grantWords } from '../accounts/words.ts'
import { AddressChanges } from '../addresses/address-changes.tsx'
import { addressChangesQuery } from '../addresses/queries.ts'
import { type Confirmation, type Outcome, SettleDialog } from './settle-dialog.tsx'

const most = 200

/** What one person alone does not open: another one confirms it here (ACC-4). */
export default function ConfirmationsPage() {
  const [settling, setSettling] = useState<{ outcome: Outcome; waiting: readonly Confirmation[] } | null>(null)
  const { query, more } = useList(
    ['rights', 'confirmations'],
    (after, signal) => call(listConfirmations, { query: after ? { after } : { total: true }, signal }),
    { fresh: true },
  )
  const addresses = useQuery({ ...addressChangesQuery, refetchOnMount: 'always' })
  return (
    <Page
      title="À confirmer"
      lead="Une habilitation qui donne à une personne une région, la France entière ou plus de deux départements en tout, et un compte dont l’adresse est d’un domaine inconnu de votre structure ou que le même RGC a ouvert et habilité, n’ouvrent rien tant qu’une seconde personne ne les a pas confirmés. Une adresse ne change pas non plus sans elle."
      breadcrumb={[{ label: 'Habilitations', href: '/habilitations' }]}
    >
      <Loaded query={addresses} lines={2}>
        {({ items }) => <AddressChanges changes={items} />}
      </Loaded>
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 &&
          addresses.data?.items.length === 0 && (
            <Empty title="Rien à confirmer">Ce qui attendra une seconde personne vous sera signalé par courriel.</Empty>
          )
        }
      >
        {({ items }) => {
          if (items.length === 0) return null
          const mine = items.filter(({ allowed }) => allowed.includes('settle')).slice(0, most)
          return (
            <>
              {mine.length > 1 && (
                <div className="fr-mb-2w">
                  <Button
                    priority="secondary"
                    onClick={() => setSettling({ outcome: 'confirmed', waiting: mine })}
                  >{`Confirmer les ${mine.length}`}</Button>
                </div>
              )}
              <DataTable
                caption="À confirmer, ce qui attend depuis le plus longtemps d’abord"
                hideCaption
                rows={items}
                keyOf={({ id }) => id}
                {...(more ? { more } : {})}
                columns={[
                  {
                    head: 'Pour',
                    cell: ({ person, function: job }) => (
                      <span className="cc-two">
                        {person.name}
                        <span className="fr-hint-text">{job}</span>
                      </span>
                    ),
                  },
                  {
                    head: 'Ce qui attend',
                    cell: ({ grant, email, why, waits }) => (
                      <span className="cc-two">
                        {grant ? grantWords(grant) : 'Compte'}
                        <span className="fr-hint-text">{grant ? `« ${grant.reason} »` : email}</span>
                        {why === 'opened-and-granted' && (
                          <span className="fr-hint-text">
                            {waits
                              ? 'Ouvert et habilité par la même personne : il n’ouvre rien encore'
                              : 'Ouvert et habilité par le seul RGC : il a déjà effet, refusez-le s’il est inconnu'}
                          </span>
                        )}
                      </span>
                    ),
                  },
                  {
                    head: 'Décidé par',
                    cell: ({ askedBy, askedAt }) => (
                      <span className="cc-two">
                        {askedBy.name}
                        <span className="fr-hint-text">le {formatDay(dayOf(askedAt))}</span>
                      </span>
                    ),
                  },
                ]}
                acts={one =>
                  one.allowed.includes('settle') ? (
                    <ButtonRow>
                      <Button size="small" onClick={() => setSettling({ outcome: 'confirmed', waiting: [one] })}>
                        Confirmer<span className="fr-sr-only"> pour {one.person.name}</span>
                      </Button>
                      <Button
                        size="small"
                        priority="tertiary"
                        onClick={() => setSettling({ outcome: 'refused', waiting: [one] })}
                      >
                        Refuser<span className="fr-sr-only"> pour {one.person.name}</span>
                      </Button>
                    </ButtonRow>
                  ) : (
                    <span className="fr-hint-text">Un autre RGC, ou le signataire, confirme</span>
                  )
                }
              />
            </>
          )
        }}
      </Loaded>
      {settling && <SettleDialog {...settling} onClose={() => setSettling(null)} />}
    </Page>
  )
}
