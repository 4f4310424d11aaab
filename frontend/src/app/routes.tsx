import { createBrowserRouter, redirect, type RouteObject } from 'react-router'
import type { Right } from '../api/types.ts'
import { Page as Home } from '../pages/home/Home.tsx'
import { useMay } from './me.tsx'
import { Missing, Refused, RouteFault } from './shell/Fault.tsx'
import { Shell } from './shell/Shell.tsx'

type Shown = () => React.ReactNode

/**
 * Every page but the first is a file of its own in the bundle, loaded when first opened.
 * With `right`, whoever comes by an address that they were sent and may not do this is told so once.
 */
const page = (load: () => Promise<{ Page: Shown }>, right?: Right): Pick<RouteObject, 'lazy'> => ({
  lazy: async () => {
    const { Page } = await load()
    return { Component: right ? heldTo(right, Page) : Page }
  },
})

const heldTo = (right: Right, Page: Shown): Shown => function Held() {
  return useMay()(right) ? <Page /> : <Refused />
}

/** Questions that were passed on by the address they had before: the same names stand in it. */
const askedInExplore = ({ request }: { request: Request }) => redirect(`/explore${new URL(request.url).search}`)

const SIGNED_IN: RouteObject[] = [
  { index: true, Component: Home },
  { path: 'surveys', ...page(() => import('../pages/surveys/list/Surveys.tsx')) },
  { path: 'surveys/new', ...page(() => import('../pages/surveys/new/NewSurvey.tsx'), 'edit_surveys') },
  { path: 'surveys/:id', ...page(() => import('../pages/surveys/designer/DesignerPage.tsx')) },
  { path: 'surveys/:id/send', ...page(() => import('../pages/surveys/send/SendPage.tsx'), 'send_surveys') },
  { path: 'surveys/:id/phone', ...page(() => import('../pages/surveys/phone/PhonePage.tsx'), 'enter_answers') },
  { path: 'surveys/:id/results', ...page(() => import('../pages/surveys/results/ResultsPage.tsx')) },
  { path: 'datasets', ...page(() => import('../pages/datasets/list/Datasets.tsx')) },
  { path: 'datasets/new', ...page(() => import('../pages/datasets/import/NewDataset.tsx'), 'import_data') },
  { path: 'datasets/:id', ...page(() => import('../pages/datasets/dataset/DatasetPage.tsx')) },
  { path: 'datasets/:id/codebook', ...page(() => import('../pages/datasets/codebook/CodebookPage.tsx')) },
  { path: 'calendar', ...page(() => import('../pages/datasets/calendar/Calendar.tsx')) },
  { path: 'models', ...page(() => import('../pages/models/Models.tsx')) },
  { path: 'models/new', ...page(() => import('../pages/models/NewModel.tsx')) },
  { path: 'metrics', ...page(() => import('../pages/metrics/Metrics.tsx')) },
  { path: 'report', ...page(() => import('../pages/report/ReportPage.tsx')) },
  { path: 'explore', ...page(() => import('../pages/explore/ExplorePage.tsx')) },
  { path: 'explore/:id', ...page(() => import('../pages/explore/SavedPage.tsx')) },
  { path: 'boards', ...page(() => import('../pages/boards/list/Boards.tsx')) },
  { path: 'boards/:id', ...page(() => import('../pages/boards/board/BoardPage.tsx')) },
  { path: 'ask', ...page(() => import('../pages/ask/AskPage.tsx')) },
  { path: 'query', loader: askedInExplore },
  { path: 'why', ...page(() => import('../pages/why/WhyPage.tsx')) },
  { path: 'operations', ...page(() => import('../pages/operations/OperationsPage.tsx')) },
  { path: 'drivers', ...page(() => import('../pages/drivers/DriversPage.tsx')) },
  { path: 'customers', ...page(() => import('../pages/customers/list/Customers.tsx'), 'see_customers') },
  { path: 'customers/:id', ...page(() => import('../pages/customers/customer/CustomerPage.tsx'), 'see_customers') },
  { path: 'clients', ...page(() => import('../pages/clients/list/Clients.tsx'), 'see_customers') },
  { path: 'clients/:id', ...page(() => import('../pages/clients/client/ClientPage.tsx'), 'see_customers') },
  { path: 'me', ...page(() => import('../pages/settings/account/Account.tsx')) },
  { path: 'settings/people', ...page(() => import('../pages/settings/people/People.tsx'), 'manage_people') },
  { path: 'settings/units', ...page(() => import('../pages/settings/units/Units.tsx'), 'manage_people') },
  { path: 'settings/row-rules', ...page(() => import('../pages/settings/rules/RowRules.tsx'), 'manage_people') },
  { path: 'settings/share-links', ...page(() => import('../pages/settings/links/ShareLinks.tsx'), 'share') },
  { path: 'settings/tokens', ...page(() => import('../pages/settings/tokens/Tokens.tsx')) },
  { path: 'settings/jobs', ...page(() => import('../pages/settings/jobs/Jobs.tsx'), 'manage_jobs') },
  { path: 'settings/audit', ...page(() => import('../pages/settings/audit/Audit.tsx'), 'see_audit') },
  { path: 'settings/sending', ...page(() => import('../pages/settings/sending/Sending.tsx'), 'send_surveys') },
  { path: 'settings/system', ...page(() => import('../pages/settings/system/System.tsx'), 'manage_settings') },
  { path: '*', Component: Missing },
]

const OPEN: RouteObject[] = [
  { path: '/sign-in', ...page(() => import('../pages/signin/SignIn.tsx')) },
  { path: '/setup', ...page(() => import('../pages/signin/Setup.tsx')) },
  { path: '/invitation', ...page(() => import('../pages/signin/Invitation.tsx')) },
]

export const router = createBrowserRouter([
  ...OPEN.map((route) => ({ ...route, ErrorBoundary: RouteFault, HydrateFallback: () => null })),
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: RouteFault,
    HydrateFallback: () => null,
    children: [{ ErrorBoundary: RouteFault, children: SIGNED_IN }],
  },
])
