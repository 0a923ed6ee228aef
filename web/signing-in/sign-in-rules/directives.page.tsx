import { Page } from '../../ui/index.ts'
import { Directives } from './directive-list.tsx'
import { Passwords } from './password-organisations.tsx'

export default function SignInRulesPage() {
  return (
    <Page
      title="Moyens de connexion"
      lead="Ce que l’opérateur accepte, par profil et par date, et les structures qui se connectent par mot de passe."
    >
      <Directives />
      <Passwords />
    </Page>
  )
}
