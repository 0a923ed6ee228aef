import { Card, PasswordField } from '../../ui/index.ts'

/** The rule, before it is met: which passwords are strong enough is decided by the service. */
export const PasswordAdvice = () => (
  <Card title="Un mot de passe assez fort" tone="info">
    <ul>
      <li>
        <strong>Une phrase d’au moins sept mots différents</strong>, sans rapport entre eux : facile à retenir,
        difficile à deviner.
      </li>
      <li>
        Ou au moins <strong>douze caractères</strong> mêlant minuscules, majuscules, chiffres et autres signes ;
        quatorze sans autre signe.
      </li>
    </ul>
    <p className="fr-mb-0">
      Votre nom, celui de votre structure, un mot courant, une année ou une suite du clavier ne comptent chacun que pour
      un caractère. Un gestionnaire de mots de passe peut en choisir un pour vous : collez-le.
    </p>
  </Card>
)

export const NewPasswordFields = () => (
  <>
    <PasswordField
      name="next"
      label="Nouveau mot de passe"
      hint="Sept mots différents, ou douze caractères de quatre sortes"
      autoComplete="new-password"
      check={next => (next.length < 12 ? 'il faut au moins douze caractères.' : undefined)}
    />
    <PasswordField name="again" label="Le même, une seconde fois" autoComplete="new-password" />
  </>
)

export const differ = {
  title: 'Deux saisies différentes',
  detail: 'Les deux mots de passe ne sont pas les mêmes. Saisissez-les de nouveau.',
} as const
