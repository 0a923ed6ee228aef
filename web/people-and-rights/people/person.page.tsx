import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dayOf, formatDay, formatInstant, formatList } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { roleWords } from '../../platform/words.ts'
import { WaitingNotice } from '../../signing-in/sign-in-help/waiting-links.tsx'
import { Badge, Button, Columns, Empty, Facts, Link, Loaded, Page, Section } from '../../ui/index.ts'
import { employerWords, fullName, type Person, statusWords } from '../accounts/words.ts'
import { AddressNotices } from '../addresses/address-changes.tsx'
import { GrantCard } from '../grants/grant-card.tsx'
import { ExceptionalHistory } from '../necessity/acts-table.tsx'
import { AccountActs } from './account-acts.tsx'
import { type Open, PersonDialog } from './person-dialog.tsx'
import { Blocks, History } from './person-history.tsx'
import { personQuery } from './queries.ts'
import { watchedTone, watchedWords } from './words.ts'

export default function PersonPage() {
  const { accountId } = usePathParams<{ accountId: string }>()
  const query = useQuery({ ...personQuery(accountId), refetchOnMount: 'always' })
  const [open, setOpen] = useState<Open | null>(null)
  const person = query.data
  // The signatory decides in an account manager's stead, and helps nobody to sign in (IDN-6).
  const helps = useMe().roles.includes('rgc')
  const may = (act: Person['allowed'][number]) => person?.allowed.includes(act)
  return (
    <Page
      title={person ? fullName(person) : 'Personne'}
      {...(person
        ? {
            lead: `${person.function || 'Compte supprimé'}, ${employerWords(person)}`,
            beside: (
              <>
                {person.status !== 'active' && <Badge tone="warning">{statusWords[person.status]}</Badge>}
                {person.anomalies.map(anomaly => (
                  <Badge key={anomaly} tone={watchedTone(anomaly)}>
                    {watchedWords[anomaly].short}
                  </Badge>
                ))}
              </>
            ),
          }
        : {})}
      breadcrumb={[
        { label: 'Habilitations', href: '/habilitations' },
        { label: 'Personnes', href: '/habilitations/personnes' },
      ]}
      {...(may('grant') ? { actions: <Button onClick={() => setOpen({ act: 'grant' })}>Habiliter</Button> } : {})}
    >
      <Loaded query={query} lines={8}>
        {found => (
          <>
            {helps && found.status === 'active' && <WaitingNotice accountId={found.id} />}
            <AddressNotices accountId={found.id} />
            <Columns shape="aside">
              <div>
                <Section title="Ce que cette personne peut faire">
                  {found.grants.length === 0 && (
                    <Empty title="Aucune habilitation">
                      {found.status === 'deleted' ? 'Le compte est supprimé.' : 'Ce compte n’ouvre aucun outil.'}
                    </Empty>
                  )}
                  {found.grants.map(grant => (
                    <GrantCard
                      key={grant.id}
                      grant={grant}
                      acts={may('grant') ? act => setOpen({ act, grant }) : undefined}
                    />
                  ))}
                </Section>
                <Blocks blocks={found.blocks} />
                <ExceptionalHistory acts={found.exceptional} />
                <History person={found} onResume={grant => setOpen({ act: 'resume-grant', grant })} />
              </div>
              <Section title="Le compte">
                <Facts
                  items={[
                    found.email !== null && ['Courriel', found.email],
                    found.held && [
                      'Départ en attente',
                      `prévu après le ${formatDay(found.held.lastDay)} ; le compte reste, car il tient seul ${formatList(found.held.roles.map(role => `« ${roleWords[role]} »`))}. Il prend fin dans l’heure une fois ce rôle donné à une autre personne, sans date de fin`,
                    ],
                    !found.held &&
                      found.leaving && [
                        'Départ à venir',
                        `après le ${formatDay(found.leaving.lastDay)}, saisi par ${found.leaving.by.name} ; s’annule d’ici là`,
                      ],
                    found.left && [
                      'Départ enregistré',
                      `le ${formatInstant(found.left.at)} ; s’annule jusqu’au ${formatDay(dayOf(found.left.undoableUntil))}`,
                    ],
                    ['Ouvert le', formatDay(dayOf(found.createdAt))],
                    ['Dernière activité', found.lastActAt ? formatInstant(found.lastActAt) : 'jamais'],
                    found.inactiveOn && [
                      found.inactiveOn.passed ? 'Suspendu pour inactivité depuis le' : 'Sans activité, suspendu le',
                      formatDay(found.inactiveOn.day),
                    ],
                    found.waits && [
                      'À confirmer',
                      'une seconde personne, un autre RGC ou le signataire, doit confirmer ce compte',
                    ],
                    found.statusReason !== null && ['Motif de la suspension', found.statusReason],
                    found.roles.length > 0 && ['Rôles', formatList(found.roles.map(role => roleWords[role]))],
                    ['Qui décide', found.decidedBy],
                  ]}
                />
                <AccountActs person={found} onAct={act => setOpen({ act })} />
                {helps && found.status !== 'deleted' && (
                  <p className="fr-mt-2w fr-mb-0">
                    <Link href={`/personnes/${found.id}/connexion`}>Aider cette personne à se connecter</Link>
                  </p>
                )}
              </Section>
            </Columns>
            {open && <PersonDialog open={open} person={found} onClose={() => setOpen(null)} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}
