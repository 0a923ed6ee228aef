import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dayOf, formatDay } from '../../platform/format.ts'
import { Button, ButtonRow, Facts, Notice } from '../../ui/index.ts'
import { ownSecondAccountsQuery } from './queries.ts'
import { SettleSecondDialog, type Settling } from './settle-second.tsx'

/** In « Mon compte »: the second accounts that wait for one's own word. */
export const SecondAccountNotices = () => {
  const { data } = useQuery(ownSecondAccountsQuery)
  const [settling, setSettling] = useState<Settling | null>(null)
  return (
    <>
      {data?.items
        .filter(({ allowed }) => allowed.includes('accept'))
        .map(share => (
          <Notice key={share.id} tone="warning" title="Une seconde structure demande à vous ouvrir un compte">
            <Facts
              items={[
                ['Structure', share.asker!.name],
                ['Pour', share.askedFor],
                ['Motif', share.reason],
                ['Demandé le', formatDay(dayOf(share.askedAt))],
              ]}
            />
            <ButtonRow>
              <Button size="small" onClick={() => setSettling({ share, act: 'accept' })}>
                Accepter<span className="fr-sr-only"> : {share.asker!.name}</span>
              </Button>
              <Button size="small" priority="secondary" onClick={() => setSettling({ share, act: 'refuse' })}>
                Refuser<span className="fr-sr-only"> : {share.asker!.name}</span>
              </Button>
            </ButtonRow>
          </Notice>
        ))}
      {settling && <SettleSecondDialog {...settling} onClose={() => setSettling(null)} />}
    </>
  )
}
