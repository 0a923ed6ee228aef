import { useMutation, useQuery } from '@tanstack/react-query'
import { mailMatterWords } from '../../contract/mails.ts'
import { listFailedMails, retryMail } from '../../contract/notifications.ts'
import type { Reply } from '../../contract/route.ts'
import { call } from '../platform/api.ts'
import { formatCount, formatInstant } from '../platform/format.ts'
import { queryClient } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { toast } from '../platform/toast.ts'
import { Button, DataTable, Empty, Loaded, Page, Refused } from '../ui/index.ts'

type Failed = Reply<typeof listFailedMails>['items'][number]
/** The code that the mail server answered, in words. */
const errorWords = (error: string | null): string =>
  error === null
    ? 'raison inconnue'
    : error === 'no-address'
      ? 'le compte n’a plus d’adresse'
      : /^smtp-55[013]$/.test(error)
        ? 'l’adresse n’existe pas ou refuse le message'
        : error === 'smtp-552'
          ? 'la boîte est pleine'
          : /^smtp-/.test(error)
            ? `refusé par le serveur de messagerie (${error.slice(5)})`
            : `le serveur de messagerie n’a pas répondu (${error})`

const recipient = ({ person, address }: Failed): string => person?.name ?? address ?? 'compte supprimé'

/** Mails that never left, so that somebody mends the address and sends them again. What it said is not shown. */
export default function FailedMailsPage() {
  const query = useQuery({ queryKey: ['mails', 'failed'], queryFn: ({ signal }) => call(listFailedMails, { signal }) })
  const again = useMutation({
    mutationFn: (mailId: string) => call(retryMail, { params: { mailId } }),
    onSuccess: () => toast('Le courriel repart.'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['mails'] }),
  })
  return (
    <Page
      title="Courriels non partis"
      breadcrumb={useMe().roles.includes('cssi') ? [{ label: 'Sécurité', href: '/securite' }] : []}
      lead="Refusés par le serveur de messagerie, ou essayés en vain pendant quatre jours. Ce qu’ils disent n’est pas montré ; ils sont effacés au bout de trente jours."
    >
      {again.isError && <Refused problem={again.error} />}
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Tous les courriels sont partis">
              Un courriel que le serveur de messagerie refuse paraît ici, avec sa raison.
            </Empty>
          )
        }
      >
        {({ items }) => (
          <DataTable<Failed>
            caption={formatCount(items.length, 'courriel', 'courriels')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { head: 'Destinataire', cell: recipient },
              { head: 'Objet', cell: ({ kind }) => mailMatterWords[kind.split('-')[0]!] ?? 'Autre' },
              { head: 'Écrit le', cell: ({ createdAt }) => formatInstant(createdAt), secondary: true },
              {
                head: 'Raison',
                cell: ({ error, attempts }) => (
                  <span>
                    {errorWords(error)}
                    <span className="fr-hint-text">{formatCount(attempts, 'essai', 'essais')}</span>
                  </span>
                ),
              },
            ]}
            acts={mail => (
              <Button
                size="small"
                priority="secondary"
                busy={again.isPending && again.variables === mail.id}
                onClick={() => again.mutate(mail.id)}
              >
                Renvoyer<span className="fr-sr-only"> à {recipient(mail)}</span>
              </Button>
            )}
          />
        )}
      </Loaded>
    </Page>
  )
}
