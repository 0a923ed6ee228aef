import { useMutation } from '@tanstack/react-query'
import { switchable } from '../../contract/deliveries.ts'
import { usePathParams } from '../platform/navigation.ts'
import { useMaybeMe } from '../platform/session.ts'
import { Button, Link, Notice, Page } from '../ui/index.ts'

const wordsOf = (kind: string): string =>
  kind === 'digest'
    ? 'Le résumé de mes notifications'
    : ((switchable as Readonly<Record<string, { words: string }>>)[kind]?.words ?? 'Ce type de courriel')

/** What a mail program sends too. False: the address stops nothing, or nothing any more. */
const stop = async ({ kind, mailId, signature }: Record<string, string>): Promise<boolean> => {
  const answer = await fetch(`/desabonnement/${kind}/${mailId}/${signature}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  if (answer.status === 404) return false
  if (!answer.ok) throw new Error('not stopped')
  return true
}

/** Opened from a mail, signed in or not. Opening it stops nothing: the button does. */
export default function UnsubscribePage() {
  const params = usePathParams<{ kind: string; mailId: string; signature: string }>()
  const signedIn = useMaybeMe()?.session.state === 'active'
  const { mutate, data, isPending, isError } = useMutation({ mutationFn: () => stop(params) })
  const words = wordsOf(params.kind)
  return (
    <Page title="Ne plus recevoir ces courriels" width="narrow" lead={`« ${words} »`}>
      <div role="status">
        {data === true && (
          <Notice tone="success" title="C’est fait">
            Ces courriels ne partiront plus. Ce qu’ils disaient reste dans vos notifications, dans l’outil.
          </Notice>
        )}
        {data === false && (
          <Notice tone="warning" title="Cette adresse n’arrête rien">
            Elle est incomplète, ou le compte n’existe plus. Copiez-la entière depuis le courriel, ou réglez vos
            notifications dans l’outil.
          </Notice>
        )}
        {isError && (
          <Notice tone="error" title="Les courriels ne sont pas arrêtés">
            Le service n’a pas répondu. Réessayez dans un instant.
          </Notice>
        )}
      </div>
      {data === undefined && (
        <>
          <p>
            Vous ne les recevrez plus par courriel ; ils restent dans vos notifications. Les courriels que la convention
            et la sécurité imposent partent toujours.
          </p>
          <Button busy={isPending} onClick={() => mutate()}>
            Ne plus les recevoir
          </Button>
        </>
      )}
      <p className="fr-mt-3w">
        <Link href={signedIn ? '/mes-notifications/reglages' : '/connexion'}>
          {signedIn ? 'Choisir comment recevoir chaque notification' : 'Se connecter pour choisir plus finement'}
        </Link>
      </p>
    </Page>
  )
}
