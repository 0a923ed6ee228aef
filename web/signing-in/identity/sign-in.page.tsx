import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { signInWays } from '../../../contract/signing-in/passwords.ts'
import { ask } from '../../platform/api.ts'
import { useAddress, useGo } from '../../platform/navigation.ts'
import { passwordAddress, safeReturn, signInAddress, useMaybeMe } from '../../platform/session.ts'
import { Button, Card, Columns, Link, Page, ProConnectButton, Section } from '../../ui/index.ts'
import { OneCall } from './one-call.tsx'

export default function SignInPage() {
  const [{ retour }] = useAddress()
  const me = useMaybeMe()
  const go = useGo()
  const returnTo = safeReturn(retour)
  // Not knowing is not offering: ProConnect is there for all.
  const ways = useQuery({
    queryKey: ['sign-in-ways'],
    queryFn: ({ signal }) => ask(signInWays, {}, { signal }),
    retry: false,
  })
  useEffect(() => {
    if (me) go(returnTo, { replace: true })
  }, [me, go, returnTo])
  return (
    <Page
      title="Se connecter"
      lead="Préparer ensemble les campagnes auprès des employeurs, sans solliciter deux fois le même."
    >
      <Columns shape="aside">
        <Card title="Avec votre compte professionnel">
          <p>
            ProConnect est le moyen de connexion commun aux agents publics et à leurs partenaires. Utilisez votre
            adresse électronique professionnelle nominative.
          </p>
          <ProConnectButton href={signInAddress(returnTo)} />
          <p className="fr-text--sm fr-mt-2w fr-mb-0">
            Deux facteurs sont demandés à chaque connexion. Si ProConnect n’en a vérifié qu’un, le second vous sera
            demandé ici : une clé d’accès ou une application de codes.
          </p>
          {ways.data?.password && (
            <>
              <hr className="fr-mt-3w fr-pb-2w" />
              <p className="fr-mb-1w">
                Votre structure n’a pas ProConnect, et votre RGC vous a envoyé un lien pour choisir un mot de passe ?
              </p>
              <Button href={passwordAddress(returnTo)} priority="secondary">
                Se connecter avec un mot de passe
              </Button>
            </>
          )}
        </Card>
        <Card title="À qui s’adresser ?" tone="info">
          <ul className="fr-mb-0">
            <li>
              <strong>Pas encore de compte :</strong> adressez-vous au responsable de gestion de comptes (RGC) de votre
              structure. Lui seul peut l’ouvrir.
            </li>
            <li>
              <strong>Votre structure n’est pas encore là :</strong> la direction régionale de France Travail prépare
              avec elle la convention.
            </li>
            <li>
              <strong>Vous êtes un employeur :</strong> demandez à la structure qui vous appelle ce qu’elle a noté, ou
              lisez comment <Link href="/donnees-personnelles">vos données</Link> sont traitées.
            </li>
            <li>
              <strong>Second facteur perdu :</strong> utilisez un code de secours, ou adressez-vous au RGC. Votre
              structure n’en a pas en fonction ? À la direction régionale si vous en êtes le signataire, au CSSI de
              l’opérateur si un acte d’engagement vous désigne.
            </li>
            <li>
              <strong>Un obstacle d’accessibilité :</strong> <Link href="/accessibilite">signalez-le</Link>.
            </li>
          </ul>
        </Card>
      </Columns>
      <Section title="Pourquoi aucun employeur n’est appelé cinq fois">
        <OneCall />
      </Section>
    </Page>
  )
}
