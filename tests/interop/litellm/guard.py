"""Who may call the proxy: whoever has a token of a sandbox. One app has spent its budget."""

import litellm
from litellm.proxy._types import ProxyException, UserAPIKeyAuth


async def check(request, api_key):
    if not api_key.startswith("sandbox_at_"):
        raise ProxyException(message="The token is unknown.", type="auth_error", param=None, code=401)
    if request.headers.get("x-aipass-oauth-client-id") == "client_without_budget":
        raise litellm.BudgetExceededError(current_cost=1.5, max_budget=1.0)
    return UserAPIKeyAuth(api_key=api_key)
