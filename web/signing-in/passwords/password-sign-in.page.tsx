import { passwordSignIn } from '../../../contract/signing-in/passwords.ts'
import { ask } from '../../platform/api.ts'
import { useAddress, useGo } from '../../platform/navigation.ts'
import { askMe, safeReturn } from '../../platform/session.ts'
import { Card, Columns, Form, Link, Page, PasswordField, TextField } from '../../ui/index.ts'
import { inMinutes } from './words.ts'

export default function PasswordSignInPage() {
  const [{ retour }] = useAddress()
  const go = useGo()
  const returnTo = safeReturn(retour)
  return (
    <Page
      title="Se connecter avec un mot de passe"
      lead="Pour les structures qui n’ont pas ProConnect. Votre second facteur vous sera demandé ensuite."
    >
      <Columns shape="aside">
        <Card title="Votre compte">
          <Form
            draft="secret"
            submit="Continuer"
            busyWords="Vérification…"
            explain={problem =>
              problem.code === 'password/wait' ? (
                <p>
                  {inMinutes(problem)} Si vous avez oublié votre mot de passe,{' '}
                  <Link href="/connexion/mot-de-passe-oublie">demandez un nouveau lien</Link>.
                </p>
              ) : undefined
            }
            onSubmit={async ({ email, password }) => {
              const { state } = await ask(passwordSignIn, { email: email!.trim(), password: password! })
              if (state === 'structure-required')
                return go(`/connexion/structure?retour=${encodeURIComponent(returnTo)}`, { replace: true })
              await askMe()
              go(state === 'active' ? returnTo : `/connexion/second-facteur?retour=${encodeURIComponent(returnTo)}`, {
                replace: true,
              })
            }}
          >
            <TextField
              name="email"
              label="Adresse électronique professionnelle"
              hint="La vôtre, et non celle d’un service. Par exemple prenom.nom@structure.fr"
              type="email"
              autoComplete="username"
              required
              maxLength={254}
              check={email =>
                /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? undefined : 'l’adresse s’écrit nom@structure.fr.'
              }
            />
            <PasswordField name="password" label="Mot de passe" autoComplete="current-password" />
            <p>
              <Link href="/connexion/mot-de-passe-oublie">Mot de passe oublié</Link>
            </p>
          </Form>
        </Card>
        <Card title="Vous avez ProConnect ?" tone="info">
          <p className="fr-mb-0">
            Utilisez-le :{' '}
            <Link href={`/connexion?retour=${encodeURIComponent(returnTo)}`}>revenir à la page de connexion</Link>. Le
            mot de passe n’est ouvert qu’aux structures qui n’ont pas de fournisseur d’identité.
          </p>
        </Card>
      </Columns>
    </Page>
  )
}
