import { useEffect } from 'react'
import { useAddress, useGo } from '../platform/navigation.ts'
import { safeReturn, signInAddress, useMaybeMe } from '../platform/session.ts'
import { Card, Columns, Link, Page, ProConnectButton } from '../ui/index.ts'

export default function SignInPage() {
  const [{ retour }] = useAddress()
  const me = useMaybeMe()
  const go = useGo()
  const returnTo = safeReturn(retour)
  useEffect(() => {
    if (me) go(returnTo, { replace: true })
  }, [me, go, returnTo])
  return (
    <Page title="Se connecter" lead="Préparer ensemble les campagnes auprès des employeurs, sans solliciter deux fois le même.">
      <Columns shape="aside">
        <Card title="Avec votre compte professionnel">
          <p>ProConnect est le moyen de connexion commun aux agents publics et à leurs partenaires. Employez votre adresse électronique professionnelle nominative.</p>
          <ProConnectButton href={signInAddress(returnTo)} />
          <p className="fr-text--sm fr-mt-2w fr-mb-0">
            Deux facteurs sont demandés à chaque connexion. Si ProConnect n’en a vérifié qu’un, le second vous sera demandé ici : une clé d’accès ou une application de codes.
          </p>
        </Card>
        <Card title="Besoin d’aide ?" tone="info">
          <ul className="fr-mb-0">
            <li><strong>Pas encore de compte :</strong> adressez-vous au responsable de gestion de comptes (RGC) de votre structure. Lui seul peut l’ouvrir.</li>
            <li><strong>Second facteur perdu :</strong> employez un code de secours, ou adressez-vous au RGC.</li>
            <li><strong>Un obstacle d’accessibilité :</strong> <Link href="/accessibilite">signalez-le</Link>.</li>
          </ul>
        </Card>
      </Columns>
    </Page>
  )
}
