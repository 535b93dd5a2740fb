import { auth } from '@moviesir/api-client/console'
import { Button, Heading, Icon, Link, navigate, toast } from '@moviesir/ui'
import { errorText } from '../errors.ts'
import { t } from '../i18n/index.ts'
import { forgetMe, signedIn } from '../session.ts'
import { adminPages, mainPages } from '../shell/frame.tsx'

export async function signOut(): Promise<void> {
  try {
    await auth.signOut()
    forgetMe()
    navigate('/', { replace: true })
  } catch (error) {
    toast(errorText(error))
  }
}

/** The whole menu, for phones. */
export function More() {
  const words = t().app
  const { member, company } = signedIn()
  return (
    <div class="page">
      <Heading>{words.more}</Heading>
      <p class="lead">
        {company.name} · {member.email}
      </p>
      <ul class="menu">
        {mainPages.map(page => (
          <li key={page.name}>
            <Link to={page.to}>
              <Icon name={page.icon} />
              <span>{words.pages[page.name]}</span>
            </Link>
          </li>
        ))}
        {member.is_administrator &&
          adminPages.map(page => (
            <li key={page.name}>
              <Link to={page.to}>
                <Icon name={page.icon} />
                <span>{words.adminPages[page.name]}</span>
              </Link>
            </li>
          ))}
      </ul>
      <Button onClick={() => void signOut()}>{words.signOut}</Button>
    </div>
  )
}
