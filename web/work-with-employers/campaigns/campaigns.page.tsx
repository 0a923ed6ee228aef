import { campaignStatuses, listCampaigns } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page, SelectField, TagChoice } from '../../ui/index.ts'
import { useCampaignsOrder } from './campaigns-order.ts'
import { type Campaign, contactedWords, periodWords, purposeWords, statusWords, timeLeft } from './words.ts'
import '../../territory-and-register/territories/territories.css'
import './campaigns.css'

export default function CampaignsPage() {
  const [{ statut }, setAddress] = useAddress()
  const status = campaignStatuses.find(one => one === statut)
  const { sort, sortingBy, field } = useCampaignsOrder()
  const { query, more } = useList(
    ['campaigns', 'list', { status, sort }],
    (after, signal) =>
      call(listCampaigns, {
        query: { ...(status ? { status } : {}), sort, ...(after ? { after } : { total: true }) },
        signal,
      }),
    { fresh: true },
  )
  const mayCreate = query.data?.allowed.includes('create')
  const create = (
    <Button href="/campagnes/nouvelle" icon="fr-icon-add-line">
      Préparer une campagne
    </Button>
  )
  return (
    <Page
      title="Campagnes"
      lead="Celles de votre périmètre dont votre structure est membre."
      {...(mayCreate ? { actions: create } : {})}
    >
      <div className="cc-filters">
        <TagChoice
          label="État des campagnes"
          value={status ?? ''}
          onChange={value => setAddress({ statut: value })}
          options={[
            { value: '', label: 'Toutes' },
            ...campaignStatuses.map(value => ({ value, label: statusWords[value].several })),
          ]}
        />
        {(query.data?.items.length ?? 0) > 1 && <SelectField {...field} />}
      </div>
      <Loaded
        query={query}
        empty={({ items }) => items.length === 0 && <None status={status} {...(mayCreate ? { create } : {})} />}
      >
        {({ items, total }) => (
          <div className="cc-early-cards">
            <DataTable
              caption={total === undefined ? 'Campagnes' : formatCount(total, 'campagne')}
              rows={items}
              keyOf={({ id }) => id}
              href={addressOf}
              columns={[
                { head: 'Campagne', cell: ({ name }) => name, sort: sortingBy('name') },
                { head: 'Objet', cell: ({ purpose }) => purposeWords[purpose].word, sort: sortingBy('purpose') },
                { head: 'Territoire', cell: ({ territory }) => territory.name, sort: sortingBy('territory') },
                {
                  head: 'Période',
                  cell: campaign => (
                    <span className="cc-two">
                      {periodWords(campaign.startsOn, campaign.endsOn)}
                      {campaign.status === 'open' && <span className="fr-hint-text">{timeLeft(campaign)}</span>}
                    </span>
                  ),
                  sort: sortingBy('start'),
                },
                { head: 'Pilote', cell: ({ pilot }) => pilot.name, sort: sortingBy('pilot') },
                {
                  head: 'État',
                  cell: one => <Badge tone={statusWords[one.status].tone}>{statusWords[one.status].word}</Badge>,
                  sort: sortingBy('status'),
                },
                {
                  head: 'Avancement',
                  cell: campaign => <span className="cc-whole">{contactedWords(campaign)}</span>,
                  numeric: true,
                  sort: sortingBy('progress'),
                },
              ]}
              {...(more ? { more } : {})}
            />
          </div>
        )}
      </Loaded>
      {query.data && !mayCreate && (
        <p className="fr-text--sm fr-mt-3w fr-mb-0">
          Une campagne est préparée par un pilote (profil « pilote » de Campagnes coordonnées). Pour en proposer une,
          adressez-vous au pilote de votre structure ; pour obtenir ce profil, à votre responsable de gestion de comptes
          (RGC).
        </p>
      )}
    </Page>
  )
}

const addressOf = ({ id, status, allowed }: Campaign) =>
  status === 'draft' && allowed.includes('edit') ? `/campagnes/${id}/preparer` : `/campagnes/${id}`

const None = ({ status, create }: { status: Campaign['status'] | undefined; create?: React.ReactNode }) =>
  status ? (
    <Empty title={`Aucune campagne ${statusWords[status].word}`}>Choisissez un autre état, ou « Toutes ».</Empty>
  ) : (
    <Empty title="Aucune campagne pour le moment" {...(create ? { action: create } : {})}>
      Une campagne réunit des structures autour d’une liste d’établissements à contacter : chacune voit qui s’occupe de
      qui, et aucun employeur n’est sollicité deux fois. Celles dont votre structure devient membre sont indiquées ici.
    </Empty>
  )
