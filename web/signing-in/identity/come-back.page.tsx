import { Button, ButtonRow, Page } from '../../ui/index.ts'

export default function ComeBackPage() {
  return (
    <Page
      title="Vous êtes connecté"
      width="narrow"
      lead="Vous pouvez fermer cet onglet : la page que vous aviez laissée reprend d’elle-même."
    >
      <ButtonRow>
        <Button href="/" priority="secondary">
          Ou continuer ici, depuis l’accueil
        </Button>
      </ButtonRow>
    </Page>
  )
}
