import { useQuery } from '@tanstack/react-query'
import { toStructure } from '../../../contract/names-in-french.ts'
import { getColleague } from '../../../contract/work-with-employers/finding.ts'
import { DirectoryCard } from '../../people-and-rights/directory/card.tsx'
import { readsDirectory } from '../../people-and-rights/directory/reads-directory.ts'
import { call } from '../../platform/api.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { Link, Loaded, Page } from '../../ui/index.ts'

/** Who a colleague of the network is: what the search of the header leads to. */
export default function ColleaguePage() {
  const { accountId } = usePathParams<{ accountId: string }>()
  const query = useQuery({
    queryKey: ['colleagues', accountId],
    queryFn: ({ signal }) => call(getColleague, { params: { accountId }, signal }),
  })
  const me = useMe()
  const { data } = query
  const managed = me.roles.includes('rgc') && data?.organisation.id === me.organisation.id
  return (
    <Page
      title={data?.name ?? 'Collègue'}
      width="narrow"
      lead={data && [data.function, toStructure(data.organisation.name)].filter(Boolean).join(' ')}
      breadcrumb={readsDirectory(me) ? [{ label: 'Annuaire', href: '/annuaire' }] : []}
    >
      <Loaded query={query} lines={4}>
        {({ email, campaigns, organisation }) => (
          <>
            {email && !readsDirectory(me) ? (
              <p>
                <a href={`mailto:${email}`}>{email}</a>
              </p>
            ) : (
              <DirectoryCard
                accountId={accountId}
                instead={`Son adresse et son téléphone s’ouvrent avec une habilitation en vigueur, ou à sa structure : ${organisation.name}.`}
              />
            )}
            {managed && (
              <p>
                <Link href={`/habilitations/personnes/${accountId}`}>Son compte et ses habilitations</Link>
              </p>
            )}
            <h2 className="fr-h5">Campagnes en commun</h2>
            {campaigns.length === 0 ? (
              <p>Aucune campagne ouverte que vous voyez ne compte sa structure parmi ses membres.</p>
            ) : (
              <ul>
                {campaigns.map(({ id, name }) => (
                  <li key={id}>
                    <Link href={`/campagnes/${id}`}>{name}</Link>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
