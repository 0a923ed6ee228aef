import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { findPeople } from '../../../contract/oversight/security.ts'
import { call } from '../../platform/api.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useSearchWords } from '../../platform/search-words.ts'
import { OrganisationField } from '../../territory-and-register/territories/organisation-field.tsx'
import { Badge, type Choice, DataTable, Empty, Loaded, Notice, Page, TextField } from '../../ui/index.ts'
import { statusWords } from '../accounts/words.ts'

/** A person of a partner, found by name, function and structure; what they hold is behind a reason (ACC-10, RGC-5). */
export default function AccountsPage() {
  const [{ q = '' }, set] = useAddress()
  const [words, setWords] = useSearchWords(q, set)
  const [organisation, setOrganisation] = useState<Choice | null>(null)
  const query = useQuery({
    queryKey: ['exceptional', 'people', q, organisation?.value],
    queryFn: ({ signal }) =>
      call(findPeople, { query: { q, ...(organisation ? { organisationId: organisation.value } : {}) }, signal }),
    enabled: q.length >= 2,
  })
  return (
    <Page
      title="Comptes des partenaires"
      breadcrumb={[{ label: 'Sécurité', href: '/securite' }]}
      lead="Seuls les RGC d’un partenaire gèrent ses comptes. Pour un incident de sécurité ou par nécessité, ouvrez le dossier d’une personne : sa structure en est prévenue aussitôt."
    >
      <search className="cc-accounts-filters" aria-label="Trouver une personne">
        <TextField
          name="q"
          label="Nom ou fonction"
          hint="Deux lettres au moins"
          type="search"
          required
          value={words}
          onChange={setWords}
          maxLength={100}
        />
        <OrganisationField name="organisationId" label="Structure" value={organisation} onChange={setOrganisation} />
      </search>
      {q.length >= 2 && (
        <Loaded
          query={query}
          empty={({ items }) =>
            items.length === 0 && (
              <Empty title="Aucun compte ne répond à ces critères">
                Vérifiez le nom, ou changez de structure : seuls les comptes des structures dont vous êtes le
                correspondant sécurité (CSSI) paraissent ici.
              </Empty>
            )
          }
        >
          {({ items, more }) => (
            <>
              {more && <Notice>D’autres comptes répondent : précisez le nom, ou choisissez la structure.</Notice>}
              <DataTable
                caption="Comptes trouvés"
                hideCaption
                rows={items}
                keyOf={({ person }) => person.id}
                href={({ person }) => `/securite/comptes/${person.id}`}
                columns={[
                  { head: 'Personne', cell: ({ person }) => person.name },
                  {
                    head: 'Fonction',
                    cell: ({ function: job, email }) => (
                      <span className="cc-two">
                        {job}
                        <span className="fr-hint-text">{email ?? 'sans adresse'}</span>
                      </span>
                    ),
                  },
                  { head: 'Structure', cell: ({ organisation: structure }) => structure.name },
                  {
                    head: 'Compte',
                    cell: ({ status, manages }) => (
                      <span>
                        {status === 'active' ? statusWords.active : <Badge tone="warning">{statusWords[status]}</Badge>}{' '}
                        {manages && <Badge tone="info">RGC</Badge>}
                      </span>
                    ),
                  },
                ]}
              />
            </>
          )}
        </Loaded>
      )}
    </Page>
  )
}
