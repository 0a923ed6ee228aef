import { useQuery } from '@tanstack/react-query'
import { followInvitation } from '../../../contract/signing-in/identity.ts'
import { ask } from '../../platform/api.ts'
import { useLinkToken } from '../../platform/link-token.ts'
import { useAddress } from '../../platform/navigation.ts'
import { safeReturn, signInAddress } from '../../platform/session.ts'
import { Card, Link, Loaded, Notice, Page, ProConnectButton } from '../../ui/index.ts'

/** What the mail that opens an account leads to: one then goes to ProConnect, and comes back linked to that account. */
export default function InvitationPage() {
  const [{ retour }] = useAddress()
  const token = useLinkToken()
  const invitation = useQuery({
    queryKey: ['invitation'],
    retry: false,
    gcTime: 0,
    queryFn: ({ signal }) => (token ? ask(followInvitation, { token }, { signal }) : Promise.resolve({ open: false })),
  })
  return (
    <Page title="Votre première connexion" width="narrow" lead="Un compte vous est ouvert dans Campagnes coordonnées.">
      <Loaded query={invitation} lines={4}>
        {({ open }) => (
          <>
            {!open && (
              <Notice tone="warning" title="Ce lien ne sert plus">
                Il a déjà servi, date de plus de quatorze jours, ou n’a pas été ouvert en entier. Connectez-vous quand
                même : si votre compte n’est pas encore rattaché à vous, le responsable de gestion de comptes (RGC) de
                votre structure le confirmera ou, si elle n’en a pas en fonction, la direction régionale de l’opérateur
                (signataire) ou son correspondant sécurité, CSSI (RGC désigné).
              </Notice>
            )}
            <Card title="Avec votre compte professionnel">
              <p>
                Connectez-vous par ProConnect avec l’adresse électronique à laquelle vous avez reçu ce message. Votre
                compte vous sera rattaché, une fois pour toutes.
              </p>
              <ProConnectButton href={signInAddress(safeReturn(retour))} />
            </Card>
            <p className="fr-mt-3w">
              <Link href="/connexion">Page de connexion</Link>
            </p>
          </>
        )}
      </Loaded>
    </Page>
  )
}
