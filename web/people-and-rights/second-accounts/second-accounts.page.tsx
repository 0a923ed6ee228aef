import { useState } from 'react'
import { listSecondAccounts } from '../../../contract/people-and-rights/second-accounts.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay, formatInstant } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { holdsRoleSomewhere, useMe } from '../../platform/session.ts'
import { Button, Card, Empty, Facts, Link, Loaded, Page } from '../../ui/index.ts'
import type { SecondAccount } from './queries.ts'
import { SettleSecondDialog, type Settling } from './settle-second.tsx'

const outcomeWords = {
  accepted: 'accepté par la personne',
  refused: 'refusé par la personne',
  withdrawn: 'annulé par la structure qui l’a demandé',
  lapsed: 'resté sans réponse',
  freed: 'adresse libre : départ, ou autre adresse',
} as const satisfies Record<NonNullable<SecondAccount['settled']>['outcome'], string>

const accountWords = ({ opened, endedAt, openUntil, settled }: SecondAccount): string | false => {
  if (settled?.outcome !== 'accepted') return false
  if (endedAt) return `fini le ${formatDay(dayOf(endedAt))} : un des deux comptes n’a plus cette adresse`
  if (opened) return 'ouvert'
  return openUntil === null ? 'pas encore ouvert' : `à créer avant le ${formatDay(dayOf(openUntil))}`
}

const ShareCard = ({ share, settle }: { share: SecondAccount; settle: (settling: Settling) => void }) => {
  const { side, person, askedFor, email, asker, former, reason, settled, opened, endedAt, allowed } = share
  const account = accountWords(share)
  return (
    <Card title={`Second compte : ${side === 'asker' ? askedFor : person!.name}`} level={2}>
      <Facts
        items={[
          ['Adresse', email],
          side === 'officer' && ['Première structure', former!.name],
          side !== 'first' && side !== 'asker' && ['Structure qui demande', asker!.name],
          side === 'officer' && ['Pour', askedFor],
          reason !== null && ['Motif', reason],
          ['Demandé le', formatInstant(share.askedAt)],
          settled !== null && ['Réponse', `${outcomeWords[settled.outcome]}, le ${formatDay(dayOf(settled.at))}`],
          account !== false && ['Second compte', account],
        ]}
      />
      {side === 'asker' && settled === null && (
        <p className="fr-text--sm">La personne a trente jours pour répondre, dans son compte d’aujourd’hui.</p>
      )}
      {side === 'asker' && settled?.outcome === 'accepted' && !opened && !endedAt && (
        <p>
          <Link href="/habilitations/personnes/nouvelle">Créez le compte</Link>, avec cette adresse.
        </p>
      )}
      {allowed.includes('withdraw') && (
        <Button size="small" priority="secondary" onClick={() => settle({ share, act: 'withdraw' })}>
          Annuler la demande<span className="fr-sr-only"> : {email}</span>
        </Button>
      )}
    </Card>
  )
}

/** One person in two structures (ACC-16): what one's own asked, or whose person has another account; both, for a CSSI. */
export default function SecondAccountsPage() {
  const officer = holdsRoleSomewhere(useMe(), 'cssi')
  const [settling, setSettling] = useState<Settling | null>(null)
  const { query, more } = useList(
    ['rights', 'second-accounts'],
    (after, signal) => call(listSecondAccounts, { query: after ? { after } : {}, signal }),
    { fresh: true },
  )
  return (
    <Page
      title="Seconds comptes"
      lead="Une personne qui travaille pour deux structures a un compte dans chacune, avec la même adresse, si elle l’accepte. Ses deux comptes ne mêlent rien, et aucune structure n’apprend le nom de l’autre."
      breadcrumb={[
        officer ? { label: 'Sécurité', href: '/securite' } : { label: 'Habilitations', href: '/habilitations' },
      ]}
    >
      <Loaded query={query} empty={({ items }) => items.length === 0 && <Empty title="Aucun second compte" />}>
        {({ items }) => (
          <>
            {items.map((share: SecondAccount) => (
              <ShareCard key={share.id} share={share} settle={setSettling} />
            ))}
            {more && (
              <Button priority="secondary" onClick={more.onMore} busy={more.busy}>
                Afficher la suite
              </Button>
            )}
          </>
        )}
      </Loaded>
      {settling && <SettleSecondDialog {...settling} onClose={() => setSettling(null)} />}
    </Page>
  )
}
