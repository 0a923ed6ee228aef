import { useQuery } from '@tanstack/react-query'
import { usePathParams } from '../../platform/navigation.ts'
import { Page } from '../../ui/index.ts'
import { signInHelpQuery } from './queries.ts'
import { SignInHelp } from './sign-in-help.tsx'

export default function SignInHelpPage() {
  const { accountId = '' } = usePathParams()
  const { data } = useQuery(signInHelpQuery(accountId))
  return (
    <Page
      title="Aider une personne à se connecter"
      width="narrow"
      lead={data && `${data.name}, ${data.organisationName}`}
    >
      <SignInHelp accountId={accountId} />
    </Page>
  )
}
