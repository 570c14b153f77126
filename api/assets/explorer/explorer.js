// Starts GraphiQL: queries and mutations by POST, subscriptions over graphql-transport-ws.
"use strict";
(() => {
  const ENDPOINT = "/graphql";

  const post = async (params, headers) => {
    const response = await fetch(ENDPOINT, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...headers },
      body: JSON.stringify(params),
    });
    return response.json();
  };

  // One socket for each running subscription: simple, and closing the socket ends everything.
  const subscribe = (params, headers) => ({
    subscribe(observer) {
      const scheme = location.protocol === "https:" ? "wss:" : "ws:";
      const socket = new WebSocket(`${scheme}//${location.host}${ENDPOINT}`, "graphql-transport-ws");
      const send = (message) => socket.send(JSON.stringify(message));
      let over = false;
      const end = (tell) => {
        if (over) return;
        over = true;
        tell();
        socket.close(1000);
      };
      socket.onopen = () => {
        const name = Object.keys(headers).find((key) => key.toLowerCase() === "authorization");
        send({ type: "connection_init", payload: name ? { Authorization: headers[name] } : {} });
      };
      socket.onmessage = (event) => {
        const message = JSON.parse(event.data);
        if (message.type === "connection_ack") send({ type: "subscribe", id: "1", payload: params });
        else if (message.type === "ping") send({ type: "pong" });
        else if (message.type === "next") observer.next(message.payload);
        else if (message.type === "error") end(() => observer.error(message.payload));
        else if (message.type === "complete") end(() => observer.complete());
      };
      socket.onclose = (event) =>
        end(() => observer.error(new Error(`连接已关闭 Connection closed: ${event.code} ${event.reason}`)));
      return {
        unsubscribe() {
          end(() => {});
        },
      };
    },
  });

  const isSubscription = (params, document) =>
    (document?.definitions ?? []).some(
      (definition) =>
        definition.kind === "OperationDefinition" &&
        definition.operation === "subscription" &&
        (!params.operationName || definition.name?.value === params.operationName),
    );

  const fetcher = (params, options) => {
    const headers = options?.headers ?? {};
    return isSubscription(params, options?.documentAST) ? subscribe(params, headers) : post(params, headers);
  };

  const defaultQuery = `# 建言 GraphQL 接口。左侧可浏览文档；Ctrl+Enter 执行。
# The GraphQL API of Jianyan. Browse the docs on the left; Ctrl+Enter runs the query.
query {
  __typename
}
`;

  ReactDOM.createRoot(document.getElementById("explorer")).render(
    React.createElement(GraphiQL, {
      fetcher,
      defaultQuery,
      defaultHeaders: '{\n  "Authorization": "Bearer "\n}\n',
      defaultEditorToolsVisibility: "headers",
      isHeadersEditorEnabled: true,
      // A token in the browser's storage would outlive the session.
      shouldPersistHeaders: false,
    }),
  );
})();
