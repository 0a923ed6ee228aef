import { type SignInFailure, signInFailures } from '../../../contract/signing-in/sign-in-failures.ts'
import { useAddress } from '../../platform/navigation.ts'
import { signInAddress } from '../../platform/session.ts'
import { Button, ButtonRow, Notice, Page } from '../../ui/index.ts'

export default function SignInErrorPage() {
  const [{ code = '' }] = useAddress()
  const { title, detail } = signInFailures[code as SignInFailure] ?? {
    title: 'La connexion n’a pas abouti',
    detail:
      'Aucune session n’a été ouverte. Recommencez ; si cela continue, prévenez le correspondant SI de votre structure.',
  }
  return (
    <Page title={title} width="narrow" lead={detail}>
      {code && (
        <Notice>
          Si vous demandez de l’aide, donnez ce code : <code>{code}</code>
        </Notice>
      )}
      <div className="fr-mt-3w">
        <ButtonRow>
          <Button href={signInAddress('/')}>Recommencer la connexion</Button>
          <Button href="/connexion" priority="tertiary">
            Page de connexion
          </Button>
        </ButtonRow>
      </div>
    </Page>
  )
}
