import { refusals } from '../../contract/refusals.ts'
import { useAddress } from '../platform/navigation.ts'
import { signInAddress } from '../platform/session.ts'
import { Button, ButtonRow, Notice, Page } from '../ui/index.ts'

/** Why a sign-in did not end, by the code the server puts in the address. */
const known: Record<string, { title: string; sentence: string }> = {
  cancelled: { title: 'Connexion abandonnée', sentence: 'La connexion a été abandonnée chez ProConnect. Rien n’a été changé.' },
  expired: { title: 'Connexion trop longue', sentence: 'La connexion a pris trop de temps, ou cette adresse a déjà servi. Recommencez depuis le début.' },
  'other-browser': { title: 'Connexion commencée ailleurs', sentence: 'Cette connexion a commencé dans un autre navigateur ou un autre onglet. Recommencez depuis celui-ci.' },
  'proconnect-refused': { title: 'Réponse de ProConnect refusée', sentence: 'La réponse reçue n’a pas passé nos vérifications de sécurité. Aucune session n’a été ouverte.' },
  unavailable: { title: 'ProConnect ne répond pas', sentence: 'Le service de connexion est momentanément indisponible. Réessayez dans quelques minutes.' },
}

export default function SignInErrorPage() {
  const [{ code = '' }] = useAddress()
  const fromApi = refusals[code as keyof typeof refusals]
  const { title, sentence } = known[code] ?? (fromApi ? { title: fromApi.title, sentence: fromApi.detail } : { title: 'La connexion n’a pas abouti', sentence: 'Aucune session n’a été ouverte. Recommencez ; si cela continue, prévenez le correspondant SI de votre structure.' })
  return (
    <Page title={title} width="narrow" lead={sentence}>
      {code && <Notice>Si vous demandez de l’aide, donnez ce code : <code>{code}</code></Notice>}
      <div className="fr-mt-3w"><ButtonRow><Button href={signInAddress('/')}>Recommencer la connexion</Button><Button href="/connexion" priority="tertiary">Page de connexion</Button></ButtonRow></div>
    </Page>
  )
}
