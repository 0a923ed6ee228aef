import { useQuery } from '@tanstack/react-query'
import { holdsRoleSomewhere, useMe } from '../../platform/session.ts'
import { Badge, DataTable, Empty, Loaded, Page } from '../../ui/index.ts'
import { firstPeopleQuery } from './queries.ts'

const words = { signatory: 'signataire', named: 'RGC, selon un acte d’engagement' } as const

/** By whom a structure without account manager in effect comes in: its signatory, whom a deed names (ACC-16). */
export default function FirstPeoplePage() {
  const me = useMe()
  const query = useQuery({ ...firstPeopleQuery(false), refetchOnMount: 'always' })
  return (
    <Page
      title="Premières connexions"
      lead="Tant qu’une structure n’a pas de responsable de gestion de comptes (RGC) en fonction, l’opérateur aide ses premières personnes à se connecter. La direction régionale aide le signataire ; le correspondant sécurité (CSSI) aide les RGC nommés dans un acte d’engagement."
      breadcrumb={[
        holdsRoleSomewhere(me, 'cssi')
          ? { label: 'Sécurité', href: '/securite' }
          : { label: 'Conventions', href: '/conventions' },
      ]}
    >
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune personne à aider">
              Les structures dont vous répondez ont toutes un RGC en fonction, ou n’ont encore ni signataire ni personne
              désignée. Une fois le RGC en fonction, c’est lui qui aide les personnes de sa structure.
            </Empty>
          )
        }
      >
        {({ items }) => (
          <DataTable
            caption="Premières personnes des structures sans RGC"
            hideCaption
            rows={items}
            keyOf={({ id }) => id}
            href={({ id }) => `/personnes/${id}/connexion`}
            columns={[
              { head: 'Personne', cell: ({ name }) => name },
              { head: 'Structure', cell: ({ organisation }) => organisation.name },
              { head: 'Qualité', cell: ({ first }) => first.map(one => words[one]).join(' ; ') },
              {
                head: 'Connexion',
                cell: ({ waiting, came }) =>
                  waiting ? <Badge tone="warning">à confirmer</Badge> : came ? 'déjà venue' : 'pas encore venue',
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  )
}
