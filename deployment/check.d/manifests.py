"""Holds rendered Kubernetes manifests to what Punchbridge promises of them; the schema can't.

    manifests.py sqlite|postgresql RENDERED.yaml

Prints each promise that is broken and exits 1, or prints nothing and exits 0.
"""

import sys

import yaml

broken = []


def expect(holds, promise):
    if not holds:
        broken.append(promise)


def of_kind(documents, kind):
    return {document["metadata"]["name"]: document for document in documents if document["kind"] == kind}


def selects(selector, labels):
    return bool(selector) and selector.items() <= labels.items()


def check_pod(pod, documents):
    expect(pod.get("automountServiceAccountToken") is False, "the pod gets no API token")
    expect(pod.get("enableServiceLinks") is False, "no PUNCHBRIDGE_* variables come from Service links")
    expect(pod.get("serviceAccountName") in of_kind(documents, "ServiceAccount"), "the pod's ServiceAccount exists")
    expect(pod["terminationGracePeriodSeconds"] >= 30, "the pod has at least 30 s to stop")

    security = pod["securityContext"]
    expect(security.get("runAsNonRoot") is True, "the pod never runs as root")
    expect(security.get("seccompProfile") == {"type": "RuntimeDefault"}, "the pod has the runtime's seccomp profile")

    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    config_maps = of_kind(documents, "ConfigMap")
    for volume in volumes.values():
        if "configMap" in volume:
            expect(volume["configMap"]["name"] in config_maps, "each mounted ConfigMap exists")
    return volumes


def check_container(container, volumes, documents):
    security = container["securityContext"]
    expect(security.get("readOnlyRootFilesystem") is True, "the root file system is read-only")
    expect(security.get("allowPrivilegeEscalation") is False, "privileges can't be raised")
    expect(security.get("capabilities") == {"drop": ["ALL"]}, "all capabilities are dropped")
    expect(set(container["resources"]) == {"requests", "limits"}, "requests and limits are set")
    tag = container["image"].rpartition(":")[2]
    expect(tag not in ("", "latest", container["image"]), "the image has a tag that stays what it is")

    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    expect(ports == {"http": 8080, "management": 9000}, "the container's ports are http 8080 and management 9000")
    for probe, page in (("startupProbe", "started"), ("livenessProbe", "live"), ("readinessProbe", "ready")):
        get = container[probe]["httpGet"]
        expect(get == {"path": f"/q/health/{page}", "port": "management"}, f"the {probe} asks for /q/health/{page}")

    mounts = {mount["mountPath"]: mount for mount in container["volumeMounts"]}
    expect(all(mount["name"] in volumes for mount in mounts.values()), "each mount has its volume")
    expect(mounts.get("/app/config", {}).get("readOnly") is True, "/app/config is mounted read-only")
    expect("/tmp" in mounts, "/tmp is writable")

    secrets = of_kind(documents, "Secret")
    variables = {variable["name"]: variable["value"] for variable in container["env"]}
    for source in container["envFrom"]:
        name = source["secretRef"]["name"]
        expect(name in secrets, "each Secret that the container reads exists")
        variables |= secrets.get(name, {}).get("stringData", {})
    return mounts, variables


def check_network(documents, pod_labels):
    services = of_kind(documents, "Service")
    for name, service in services.items():
        expect(selects(service["spec"]["selector"], pod_labels), f"Service {name} selects the pods")
    expect([port["targetPort"] for port in services["punchbridge"]["spec"]["ports"]] == ["http"], "the door's Service has no way to management")

    ingresses = of_kind(documents, "Ingress").values()
    expect(len(ingresses) == 1, "there is one Ingress")
    for ingress in ingresses:
        paths = [path for rule in ingress["spec"]["rules"] for path in rule["http"]["paths"]]
        expect([(path["path"], path["pathType"]) for path in paths] == [("/cams/callback", "Exact")], "the Ingress shows exactly /cams/callback")
        expect("defaultBackend" not in ingress["spec"], "the Ingress has no default backend")
        expect(all(path["backend"]["service"] == {"name": "punchbridge", "port": {"name": "http"}} for path in paths), "the Ingress leads to the door")
        served = {host for tls in ingress["spec"].get("tls", []) for host in tls["hosts"]}
        expect({rule["host"] for rule in ingress["spec"]["rules"]} <= served, "each host of the Ingress has TLS")

    policies = of_kind(documents, "NetworkPolicy").values()
    expect(len(policies) == 1, "there is one NetworkPolicy")
    for policy in policies:
        expect(selects(policy["spec"]["podSelector"].get("matchLabels"), pod_labels), "the NetworkPolicy is about the pods")
        expect(set(policy["spec"]["policyTypes"]) == {"Ingress", "Egress"}, "the NetworkPolicy is about both directions")
        expect(all(rule.get("from") for rule in policy["spec"]["ingress"]), "no port is open to everyone")


def check_sqlite(documents):
    expect(not of_kind(documents, "Deployment"), "SQLite has no Deployment")
    keeper = of_kind(documents, "StatefulSet")["punchbridge"]
    expect(keeper["spec"]["replicas"] == 1, "SQLite has one replica")
    governing = of_kind(documents, "Service").get(keeper["spec"]["serviceName"], {"spec": {}})
    expect(governing["spec"].get("clusterIP") == "None", "the StatefulSet's Service exists and is headless")
    return keeper


def check_postgresql(documents):
    expect(not of_kind(documents, "StatefulSet"), "PostgreSQL has no StatefulSet")
    keeper = of_kind(documents, "Deployment")["punchbridge"]
    expect(keeper["spec"]["replicas"] == 3, "PostgreSQL has three replicas")
    expect(keeper["spec"]["strategy"] == {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}, "an update takes no replica away before another is there")

    labels = keeper["spec"]["template"]["metadata"]["labels"]
    budget = of_kind(documents, "PodDisruptionBudget")["punchbridge"]
    expect(budget["spec"]["minAvailable"] == 2, "two replicas stay through a drain")
    expect(selects(budget["spec"]["selector"].get("matchLabels"), labels), "the PodDisruptionBudget is about the pods")

    pod = keeper["spec"]["template"]["spec"]
    constraints = pod["topologySpreadConstraints"]
    expect({constraint["topologyKey"] for constraint in constraints} == {"kubernetes.io/hostname", "topology.kubernetes.io/zone"}, "replicas are spread over nodes and zones")
    expect(all(selects(constraint["labelSelector"]["matchLabels"], labels) for constraint in constraints), "the spread counts the pods")
    pause = pod["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
    expect(pause >= 5 and pod["terminationGracePeriodSeconds"] >= pause + 20, "a replica that leaves has 20 s after its pause")
    ports = {port["port"] for rule in of_kind(documents, "NetworkPolicy")["punchbridge"]["spec"]["egress"] for port in rule["ports"]}
    expect(5432 in ports, "the NetworkPolicy lets the database be reached")
    return keeper


def check(engine, documents):
    keeper = {"sqlite": check_sqlite, "postgresql": check_postgresql}[engine](documents)
    template = keeper["spec"]["template"]
    labels = template["metadata"]["labels"]
    expect(selects(keeper["spec"]["selector"]["matchLabels"], labels), "the keeper selects its own pods")

    volumes = check_pod(template["spec"], documents)
    volumes |= {claim["metadata"]["name"]: claim for claim in keeper["spec"].get("volumeClaimTemplates", [])}
    (container,) = template["spec"]["containers"]
    mounts, variables = check_container(container, volumes, documents)

    expect(variables["PUNCHBRIDGE_STORAGE_ENGINE"] == engine, "the storage engine is the one that is meant")
    if engine == "sqlite":
        data = volumes.get(mounts.get("/app/data", {}).get("name"), {})
        expect(data.get("spec", {}).get("resources"), "/app/data is on a volume that is claimed")
    else:
        expect("/app/data" not in mounts, "replicas keep nothing of their own")
        wanted = {f"PUNCHBRIDGE_STORAGE_POSTGRESQL_{key}" for key in ("URL", "USERNAME", "PASSWORD")}
        expect(wanted <= variables.keys(), "the database's URL, user name and password are set")
    check_network(documents, labels)


def main():
    engine, rendered = sys.argv[1:]
    with open(rendered, encoding="utf-8") as file:
        check(engine, [document for document in yaml.safe_load_all(file) if document])
    for promise in broken:
        print(f"not so: {promise}")
    sys.exit(1 if broken else 0)


main()
