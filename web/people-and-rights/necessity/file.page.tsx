import { useQuery } from '@tanstack/react-query'
import { getFile, openFile } from '../../../contract/people-and-rights/necessity.ts'
import { call } from '../../platform/api.ts'
import { formatInstant, formatList } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { roleWords } from '../../platform/words.ts'
import { Badge, Columns, Empty, Facts, Form, Loaded, Notice, Page, Section, tellReader } from '../../ui/index.ts'
import { fullName, grantWords, statusWords } from '../accounts/words.ts'
import { ExceptionalActs } from './act-dialog.tsx'
import { ExceptionalHistory } from './acts-table.tsx'
import { LinksInPlace } from './links-in-place.tsx'
import { WhyFields, whyOf } from './why-fields.tsx'
import { accountChanged, type File } from './words.ts'

/** Before anything is read: the reason, which the structure reads at once. */
const OpenFile = ({ accountId }: { accountId: string }) => (
  <>
    <Notice>
      Les accès d’un partenaire se lisent par exception. Votre motif part aussitôt à ses responsables de gestion de
      comptes (RGC), à défaut à ses contacts, et reste dans le journal. Le dossier reste ouvert une heure.
    </Notice>
    <Form
      draft={{ name: 'file-opening', about: accountId }}
      submit="Ouvrir le dossier"
      onSubmit={async (values, { idempotencyKey }) => {
        const { told } = await call(openFile, { params: { accountId }, body: whyOf(values), idempotencyKey })
        tellReader('Le dossier est ouvert.', told)
        await accountChanged()
      }}
    >
      <WhyFields />
    </Form>
  </>
)
const Opened = ({ file }: { file: File }) => (
  <>
    {file.managed ? (
      <Notice title="Un RGC de cette structure peut agir">
        Demandez-lui ce qui est à faire. Pour un incident de sécurité, bloquez le compte depuis la page Sécurité.
      </Notice>
    ) : (
      <Notice tone="warning" title="Aucun RGC ne peut agir pour cette personne">
        Vous pouvez agir à sa place ; le signataire de la structure aussi.
      </Notice>
    )}
    <Columns shape="aside">
      <div>
        <Section title="Ce que cette personne tient">
          {file.grants.length === 0 ? (
            <Empty title="Aucune habilitation">Ce compte n’ouvre aucun outil.</Empty>
          ) : (
            <ul>
              {file.grants.map(grant => (
                <li key={grant.id}>
                  {grantWords(grant)}
                  <span className="fr-hint-text">{grant.reason}</span>
                </li>
              ))}
            </ul>
          )}
        </Section>
        <ExceptionalHistory acts={file.acts} />
      </div>
      <Section title="Le compte">
        <Facts
          items={[
            ['Structure', file.organisation.name],
            ['Courriel', file.email ?? 'aucun'],
            ['Dernière activité', file.lastActAt ? formatInstant(file.lastActAt) : 'jamais'],
            file.inactive && ['Inactivité', 'suspendu après deux mois sans activité'],
            file.statusReason !== null && ['Motif de la suspension', file.statusReason],
            file.roles.length > 0 && ['Rôles', formatList(file.roles.map(role => roleWords[role]))],
            ['Seconds facteurs enregistrés ici', String(file.factors)],
          ]}
        />
        <ExceptionalActs allowed={file.allowed} person={{ id: file.id, name: fullName(file), grants: file.grants }} />
        {!file.managed && file.status === 'active' && <LinksInPlace person={{ id: file.id, name: fullName(file) }} />}
      </Section>
    </Columns>
  </>
)

export default function FilePage() {
  const { accountId } = usePathParams<{ accountId: string }>()
  const query = useQuery({
    queryKey: ['exceptional', 'file', accountId],
    queryFn: ({ signal }) => call(getFile, { params: { accountId }, signal }),
    refetchOnMount: 'always',
    retry: false,
  })
  const toOpen = query.isError && asProblem(query.error).code === 'necessity/open-first'
  const file = toOpen ? undefined : query.data
  return (
    <Page
      title={file ? fullName(file) : 'Dossier d’un compte'}
      breadcrumb={[
        { label: 'Sécurité', href: '/securite' },
        { label: 'Comptes des partenaires', href: '/securite/comptes' },
      ]}
      {...(file
        ? {
            lead: `${file.function || 'Compte supprimé'}, ${file.organisation.name}`,
            beside: file.status !== 'active' && <Badge tone="warning">{statusWords[file.status]}</Badge>,
          }
        : {})}
    >
      {toOpen ? (
        <OpenFile accountId={accountId} />
      ) : (
        <Loaded query={query} lines={8}>
          {found => <Opened file={found} />}
        </Loaded>
      )}
    </Page>
  )
}
