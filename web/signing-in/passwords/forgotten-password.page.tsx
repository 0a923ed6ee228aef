import { Button, ButtonRow, Page, Section } from '../../ui/index.ts'

/** No address is asked here: neither this page nor an answer to it says who has an account. */
export default function ForgottenPasswordPage() {
  return (
    <Page
      title="Mot de passe oublié"
      width="narrow"
      lead="Le responsable de gestion de comptes (RGC) de votre structure vous envoie un lien pour en choisir un autre."
    >
      <Section title="Comment faire">
        <ol>
          <li>
            Demandez à votre RGC, de vive voix ou par téléphone, un lien pour choisir un mot de passe. Il vérifie que
            c’est bien vous.
          </li>
          <li>Le lien arrive à votre adresse professionnelle. Il sert une fois, dans les vingt-quatre heures.</li>
          <li>Choisissez votre mot de passe, puis connectez-vous : votre second facteur reste le même.</li>
        </ol>
        <p>
          Personne ne vous demandera jamais votre mot de passe, ni ne vous en enverra un. Si vous avez perdu aussi votre
          second facteur, dites-le à votre RGC : il peut le réinitialiser.
        </p>
        <p>
          Votre structure n’a pas de RGC en fonction ? Demandez ce lien à son signataire. Si vous êtes ce signataire,
          demandez-le à la direction régionale de l’opérateur ; si un acte d’engagement vous désigne RGC, à son
          correspondant sécurité (CSSI).
        </p>
      </Section>
      <ButtonRow>
        <Button href="/connexion/mot-de-passe" priority="secondary">
          Revenir à la connexion par mot de passe
        </Button>
      </ButtonRow>
    </Page>
  )
}
